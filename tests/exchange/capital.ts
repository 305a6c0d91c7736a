import { balancesOf, type Position } from './accounts.ts';
import { type Amount, amount, cut, plain } from './decimal.ts';
import { endpoint, json, type World } from './endpoint.ts';
import { fees, leverage } from './markets.ts';
import { isOpen } from './order.ts';
import { oneOf, optional, text } from './params.ts';
import { knownMarket } from './rules.ts';

export const marketType = oneOf(
  'MarketType',
  'SPOT',
  'PERP',
  'IPERP',
  'DATED',
  'PREDICTION',
  'RFQ',
);

function positionAnswer(position: Position, world: World): object {
  const { netQuantity, netCost } = position;
  const entry = netCost.div(netQuantity);
  const mark: Amount = world.markOf(position.symbol);
  return {
    symbol: position.symbol,
    positionId: position.id,
    userId: 1,
    subaccountId: null,
    netQuantity: plain(netQuantity),
    netExposureQuantity: plain(netQuantity.abs()),
    netExposureNotional: plain(netQuantity.abs().times(mark)),
    netCost: plain(netCost),
    entryPrice: plain(cut(entry, 12)),
    breakEvenPrice: plain(cut(entry, 12)),
    markPrice: plain(mark),
    estLiquidationPrice: '0',
    imf: plain(amount(1).div(leverage)),
    imfFunction: { type: 'sqrt', base: '0.02', factor: '0.0000935' },
    mmf: '0.0125',
    mmfFunction: { type: 'sqrt', base: '0.0125', factor: '0.0000561' },
    pnlRealized: plain(position.pnlRealized),
    pnlUnrealized: plain(netQuantity.times(mark).minus(netCost)),
    cumulativeFundingPayment: '0',
    cumulativeInterest: '0',
  };
}

/** Account, balances and positions. A key that nobody registered gets 200 with nothing. */
export const capitalEndpoints = [
  endpoint({
    method: 'GET',
    path: '/api/v1/account',
    instruction: 'accountQuery',
    params: {},
    handle({ account, world }) {
      if (!account.registered) return json({});
      const open = account.orders.filter(isOpen);
      const triggers = open.filter((order) => order.status === 'TriggerPending').length;
      return json({
        ...world.desks.settings.of(account),
        autoRealizePnl: true,
        borrowLimit: '0',
        futuresMakerFee: fees.PERP.maker,
        futuresTakerFee: fees.PERP.taker,
        limitOrders: open.length - triggers,
        liquidating: false,
        positionLimit: '0',
        spotMakerFee: fees.SPOT.maker,
        spotTakerFee: fees.SPOT.taker,
        triggerOrders: triggers,
      });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/capital',
    instruction: 'balanceQuery',
    params: {},
    handle: ({ account }) => json(balancesOf(account)),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/position',
    instruction: 'positionQuery',
    params: { symbol: optional(text), marketType: optional(marketType) },
    handle({ params, account, world }) {
      if (params.symbol !== undefined) knownMarket(params.symbol);
      const shown = [...account.positions.values()].filter(
        ({ symbol }) =>
          (params.symbol ?? symbol) === symbol && (params.marketType ?? 'PERP') === 'PERP',
      );
      return json(shown.map((position) => positionAnswer(position, world)));
    },
  }),
];
