import { type Account, credit } from './accounts.ts';
import { marketType } from './capital.ts';
import { type Amount, amount, cut, plain, zero } from './decimal.ts';
import { type Endpoint, endpoint, json } from './endpoint.ts';
import { naive } from './order.ts';
import { fits, page, pageOf, paging } from './paging.ts';
import { oneOf, optional, text, u16 } from './params.ts';
import type { Ledger } from './settlement.ts';
import { collect } from './settlement.ts';

export interface Payment {
  readonly at: number;
  readonly symbol: string;
  readonly quantity: Amount;
  readonly rate: Amount;
  readonly timestamp: number;
}

/** What holders of perpetuals pay each other, when a test says so. */
export function createFunding(options: {
  accounts(): Iterable<Account>;
  markOf(symbol: string): Amount;
  clock(): number;
  now(): number;
  house: Ledger;
}) {
  const { accounts, markOf, clock, now, house } = options;
  const payments = new Map<Account, Payment[]>();
  const of = (account: Account): readonly Payment[] => payments.get(account) ?? [];
  return {
    of,
    /** At a rate above zero long positions pay, short ones receive; the house stands between. */
    pay(symbol: string, rate: string): void {
      for (const account of accounts()) {
        const net = account.positions.get(symbol)?.netQuantity ?? zero;
        if (net.eq(0)) continue;
        const quantity = cut(net.times(markOf(symbol)).times(rate).neg(), 6);
        credit(account, 'USDC', quantity);
        collect(house, 'USDC', quantity.neg());
        const payment = { at: now(), symbol, quantity, rate: amount(rate), timestamp: clock() };
        payments.set(account, [...of(account), payment]);
      }
    },
  };
}

const sources = [
  'BackstopLiquidation',
  'CulledBorrowInterest',
  'CulledRealizePnl',
  'CulledRealizePnlBookUtilization',
  'FundingPayment',
  'RealizePnl',
  'TradingFees',
  'TradingFeesSystem',
] as const;

/** What positions cost and brought. */
export const fundingEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/funding',
    instruction: 'fundingHistoryQueryAll',
    params: { subaccountId: optional(u16), symbol: optional(text), ...paging },
    handle({ params, account, world }) {
      const rows = world.desks.funding
        .of(account)
        .filter(
          ({ at, symbol }) => at <= world.historyEnd() && (params.symbol ?? symbol) === symbol,
        )
        .map(({ symbol, quantity, rate, timestamp }) => ({
          userId: 1,
          subaccountId: null,
          symbol,
          quantity: plain(quantity),
          intervalEndTimestamp: naive(timestamp),
          fundingRate: plain(rate),
        }));
      return page(rows, params);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/settlement',
    instruction: 'settlementHistoryQueryAll',
    params: { source: optional(oneOf('SettlementSourceFilter', ...sources)), ...paging },
    handle({ params, account, world }) {
      const end = world.historyEnd();
      const row = (source: string, quantity: string, timestamp: number) => ({
        userId: 1,
        subaccountId: null,
        source,
        quantity,
        timestamp: naive(timestamp),
        positionId: null,
        engineSequence: null,
      });
      const charged = account.fills
        .filter(({ at, fill }) => at <= end && fill.symbol.endsWith('_PERP'))
        .map(({ fill }) => row('TradingFees', plain(amount(fill.fee).neg()), fill.timestamp));
      const funded = world.desks.funding
        .of(account)
        .filter(({ at }) => at <= end)
        .map(({ quantity, timestamp }) => row('FundingPayment', plain(quantity), timestamp));
      const rows = [...charged, ...funded].sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
      return page(
        rows.filter((each) => fits(each, { source: params.source })),
        params,
      );
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/position',
    instruction: 'positionHistoryQueryAll',
    params: {
      symbol: optional(text),
      state: optional(oneOf('PositionState', 'Open', 'Closed')),
      marketType: optional(marketType),
      ...paging,
    },
    handle({ params, account, world }) {
      const rows = [...account.closedPositions, ...account.positions.values()].map((position) => {
        const { netQuantity, netCost, symbol } = position;
        const mark = world.markOf(symbol);
        const isOpen = !netQuantity.eq(0);
        return {
          id: position.id,
          symbol,
          netQuantity: plain(netQuantity),
          netExposureQuantity: plain(netQuantity.abs()),
          netExposureNotional: plain(netQuantity.abs().times(mark)),
          netCost: plain(netCost),
          markPrice: plain(mark),
          entryPrice: isOpen ? plain(cut(netCost.div(netQuantity), 12)) : '0',
          cumulativePnlRealized: plain(position.pnlRealized),
          unrealizedPnl: plain(netQuantity.times(mark).minus(netCost)),
          fundingQuantity: '0',
          interest: '0',
          liquidated: '0',
          imf: '0.1',
          fees: '0',
          state: isOpen ? 'Open' : 'Closed',
          closedVolume: '0',
          liquidationFees: '0',
          closingPrice: null,
          accountLeverage: null,
          openedAt: null,
          closedAt: null,
        };
      });
      const { symbol, state } = params;
      const meant = (params.marketType ?? 'PERP') === 'PERP';
      return json(
        pageOf(meant ? rows.filter((each) => fits(each, { symbol, state })) : [], params),
      );
    },
  }),
];
