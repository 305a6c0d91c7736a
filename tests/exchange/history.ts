import { marketType } from './capital.ts';
import { endpoint } from './endpoint.ts';
import { together } from './given-rows.ts';
import { historyAnswer, naive } from './order.ts';
import { page, paging } from './paging.ts';
import { i64, oneOf, optional, text } from './params.ts';

/** Histories. They may lag: then they show what was true that long ago. */
export const historyEndpoints = [
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/orders',
    instruction: 'orderHistoryQueryAll',
    params: {
      ...paging,
      orderId: optional(text),
      strategyId: optional(text),
      symbol: optional(text),
      marketType: optional(marketType),
    },
    handle({ params, account, world }) {
      const end = world.historyEnd();
      const rows = account.orders
        .filter(
          ({ id, market, draft }) =>
            (params.orderId ?? id) === id &&
            (params.strategyId ?? draft.strategyId) === draft.strategyId &&
            (params.symbol ?? market.symbol) === market.symbol &&
            (params.marketType ?? market.marketType) === market.marketType,
        )
        .flatMap((order) => {
          const row = historyAnswer(order, end);
          return row ? [{ at: order.createdAt, row }] : [];
        });
      const given = account.givenRows.orders.filter(
        ({ symbol }) => params.orderId === undefined && (params.symbol ?? symbol) === symbol,
      );
      return page(together(rows, given), params);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/fills',
    instruction: 'fillHistoryQueryAll',
    params: {
      ...paging,
      orderId: optional(text),
      strategyId: optional(text),
      from: optional(i64),
      to: optional(i64),
      symbol: optional(text),
      fillType: optional(
        oneOf(
          'FillType',
          'User',
          'BookLiquidation',
          'Adl',
          'Backstop',
          'Liquidation',
          'AllLiquidation',
          'CollateralConversion',
          'CollateralConversionAndSpotLiquidation',
        ),
      ),
      marketType: optional(marketType),
    },
    handle({ params, account, world }) {
      const end = world.historyEnd();
      const strategyOf = new Map(account.orders.map(({ id, draft }) => [id, draft.strategyId]));
      const rows = account.fills
        .filter(({ at }) => at <= end)
        .map(({ fill }) => fill)
        .filter(
          ({ orderId, symbol, timestamp }) =>
            (params.orderId ?? orderId) === orderId &&
            (params.strategyId ?? strategyOf.get(orderId)) === strategyOf.get(orderId) &&
            (params.symbol ?? symbol) === symbol &&
            (params.marketType ?? (symbol.endsWith('_PERP') ? 'PERP' : 'SPOT')) ===
              (symbol.endsWith('_PERP') ? 'PERP' : 'SPOT') &&
            (params.fillType ?? 'User') === 'User' &&
            timestamp >= (params.from ?? timestamp) &&
            timestamp < (params.to ?? Number.POSITIVE_INFINITY),
        )
        .map((fill) => ({
          at: fill.timestamp,
          row: {
            ...fill,
            clientId: fill.clientId === undefined ? null : String(fill.clientId),
            systemOrderType: null,
            timestamp: naive(fill.timestamp),
          },
        }));
      const given = account.givenRows.fills.filter(
        ({ at, symbol }) =>
          params.orderId === undefined &&
          (params.symbol ?? symbol) === symbol &&
          at >= (params.from ?? at) &&
          at < (params.to ?? Number.POSITIVE_INFINITY),
      );
      return page(together(rows, given), params);
    },
  }),
];
