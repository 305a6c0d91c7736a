import { type Account, availableOf } from './accounts.ts';
import { type Amount, amount, floorTo, maxOf, plain, zero } from './decimal.ts';
import { type Endpoint, empty, endpoint, json, type World } from './endpoint.ts';
import { fees, leverage, type Market, maintenance } from './markets.ts';
import { fits, page, paging } from './paging.ts';
import { decimal, flag, i64, oneOf, optional, text, u16 } from './params.ts';
import { refuse } from './refusal.ts';
import { knownMarket } from './rules.ts';
import { assetsValue, worthOf } from './worth.ts';

type Side = 'Bid' | 'Ask';
interface Limits {
  /** What the account has of the asset that pays. */
  readonly pays: Amount;
  readonly price: Amount;
  /** The position that the side would close, 0 if none. */
  readonly closable: Amount;
  readonly reduceOnly: boolean;
}

/** What could be traded now, in whole steps. */
function largest(market: Market, side: Side, limits: Limits): Amount {
  const { pays, price, closable, reduceOnly } = limits;
  if (market.marketType === 'SPOT')
    return floorTo(side === 'Bid' ? pays.div(price) : pays, market.stepSize);
  if (reduceOnly) return floorTo(closable, market.stepSize);
  const rate = amount(1).div(leverage).plus(amount(fees.PERP.taker).div(10_000));
  return floorTo(closable.plus(pays.div(price.times(rate))), market.stepSize);
}

/** What the account has of an asset, with what it lent and what it may borrow where that is to be used. */
function payable(
  { desks }: World,
  account: Account,
  asset: string,
  {
    autoBorrow,
    autoLendRedeem,
  }: { autoBorrow?: boolean | undefined; autoLendRedeem?: boolean | undefined },
): Amount {
  const lent = desks.lending.bookOf(account).positions.get(asset)?.netQuantity ?? zero;
  return availableOf(account, asset)
    .plus(autoLendRedeem ? maxOf(lent, zero) : zero)
    .plus(autoBorrow ? desks.lending.borrowable(account, asset) : zero);
}

/** The account as a whole: its settings, what it could trade, its collateral, its dust. */
export const accountEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'PATCH',
    path: '/api/v1/account',
    instruction: 'accountUpdate',
    payload: 'UpdateAccountSettingsRequest',
    params: {
      autoBorrowSettlements: optional(flag),
      autoLend: optional(flag),
      autoRepayBorrows: optional(flag),
      leverageLimit: optional(decimal),
    },
    handle({ params, account, world }) {
      world.desks.settings.update(account, params);
      return empty;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/account/convertDust',
    instruction: 'convertDust',
    payload: 'AccountConvertDustPayload',
    params: { symbol: optional(text) },
    handle({ params, account, world }) {
      world.desks.dust.convert(account, params.symbol);
      return empty;
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/account/limits/order',
    instruction: 'maxOrderQuantity',
    params: {
      symbol: text,
      side: oneOf('Side', 'Bid', 'Ask'),
      price: optional(decimal),
      reduceOnly: optional(flag),
      autoBorrow: optional(flag),
      autoBorrowRepay: optional(flag),
      autoLendRedeem: optional(flag),
    },
    handle({ params, account, world }) {
      const market = knownMarket(params.symbol);
      const isBase = market.marketType === 'SPOT' && params.side === 'Ask';
      const price = params.price === undefined ? world.markOf(market.symbol) : amount(params.price);
      if (!price.gt(0)) throw refuse('INVALID_PRICE', 'Price is below the minimum price');
      const net = account.positions.get(market.symbol)?.netQuantity ?? zero;
      const quantity = largest(market, params.side, {
        pays: payable(world, account, isBase ? market.base : market.quote, params),
        price,
        closable: maxOf(params.side === 'Ask' ? net : net.neg(), zero),
        reduceOnly: params.reduceOnly ?? false,
      });
      const asked = Object.entries(params).map(([name, value]) => [name, value ?? null]);
      return json({
        autoBorrow: null,
        autoBorrowRepay: null,
        autoLendRedeem: null,
        price: null,
        reduceOnly: null,
        ...Object.fromEntries(asked),
        maxOrderQuantity: plain(quantity),
      });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/capital/collateral',
    instruction: 'collateralQuery',
    params: { subaccountId: optional(u16) },
    handle({ account, world: { engine, desks, markOf } }) {
      if (!account.registered) return json({});
      const assets = assetsValue(engine, account).plus(desks.lending.netValue(account));
      const owed = desks.lending.owed(account);
      const positions = [...account.positions.values()];
      const exposure = positions.reduce(
        (sum, { symbol, netQuantity }) => sum.plus(netQuantity.abs().times(markOf(symbol))),
        zero,
      );
      const unrealized = positions.reduce(
        (sum, { symbol, netQuantity, netCost }) =>
          sum.plus(netQuantity.times(markOf(symbol)).minus(netCost)),
        zero,
      );
      const locked = [...account.holdings].reduce(
        (sum, [asset, holding]) => sum.plus(holding.locked.times(worthOf(engine, asset))),
        zero,
      );
      const equity = assets.plus(unrealized);
      const atRisk = exposure.plus(owed);
      return json({
        assetsValue: plain(assets.plus(owed)),
        borrowLiability: plain(owed),
        collateral: [...account.holdings].map(([symbol, { available, locked: open }]) => {
          const mark = worthOf(engine, symbol);
          const lent = desks.lending.bookOf(account).positions.get(symbol)?.netQuantity ?? zero;
          const total = available.plus(open).plus(lent);
          return {
            symbol,
            assetMarkPrice: plain(mark),
            totalQuantity: plain(total),
            balanceNotional: plain(total.times(mark)),
            collateralWeight: '1',
            collateralValue: plain(total.times(mark)),
            openOrderQuantity: plain(open),
            lendQuantity: plain(maxOf(lent, zero)),
            availableQuantity: plain(available),
          };
        }),
        imf: '0.1',
        unsettledEquity: '0',
        liabilitiesValue: plain(owed),
        marginFraction: atRisk.eq(0) ? null : plain(equity.div(atRisk).round(8)),
        mmf: maintenance,
        netEquity: plain(equity),
        netEquityAvailable: plain(equity.minus(locked)),
        netEquityLocked: plain(locked),
        netExposureFutures: plain(exposure),
        pnlUnrealized: plain(unrealized),
      });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/dust',
    instruction: 'dustHistoryQueryAll',
    params: { id: optional(i64), symbol: optional(text), ...paging },
    handle({ params, account, world }) {
      const rows = world.desks.dust
        .rowsOf(account)
        .filter(({ at }) => at <= world.historyEnd())
        .map(({ row }) => row);
      const { id, symbol } = params;
      return page(
        rows.filter((row) => fits(row, { id, symbol })),
        params,
      );
    },
  }),
];
