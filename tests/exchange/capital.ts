import { balancesOf, type Position } from './accounts.ts';
import { type Amount, amount, cut, plain, zero } from './decimal.ts';
import { endpoint, json, type World } from './endpoint.ts';
import { liquidationPrice } from './liquidation.ts';
import { fees, leverage, maintenance } from './markets.ts';
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

/** @param liquidation - Told to who asks for one market alone, as the exchange does; 0 where there is none. */
function positionAnswer(position: Position, world: World, liquidation = zero): object {
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
    estLiquidationPrice: plain(liquidation),
    imf: plain(amount(1).div(leverage)),
    imfFunction: { type: 'sqrt', base: '0.02', factor: '0.0000935' },
    mmf: maintenance,
    mmfFunction: { type: 'sqrt', base: maintenance, factor: '0.0000561' },
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
      const told = (position: Position) =>
        params.symbol === undefined ? undefined : liquidationPrice(position, account, world);
      return json(shown.map((position) => positionAnswer(position, world, told(position))));
    },
  }),
];
