import { marketType } from './capital.ts';
import { endpoint, json } from './endpoint.ts';
import type { PracticeResponse } from './exchange.ts';
import { together } from './given-rows.ts';
import { historyAnswer, naive } from './order.ts';
import { i64, oneOf, optional, text, u64, upTo } from './params.ts';

const paging = {
  limit: optional(upTo(1000)),
  offset: optional(u64),
  sortDirection: optional(oneOf('SortDirection', 'Asc', 'Desc')),
};

/** One page of rows given oldest first. Newest come first unless asked otherwise. */
function page(
  rows: readonly object[],
  params: {
    limit: number | undefined;
    offset: number | undefined;
    sortDirection: 'Asc' | 'Desc' | undefined;
  },
): PracticeResponse {
  const size = params.limit ?? 100;
  const offset = params.offset ?? 0;
  const sorted = params.sortDirection === 'Asc' ? rows : rows.toReversed();
  return json(sorted.slice(offset, offset + size), {
    'x-page-count': String(size === 0 ? 0 : Math.ceil(rows.length / size)),
    'x-current-page': String(size === 0 ? 1 : Math.floor(offset / size) + 1),
    'x-page-size': String(size),
    'x-total': String(rows.length),
  });
}

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
          ({ id, market }) =>
            (params.orderId ?? id) === id &&
            params.strategyId === undefined &&
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
      const rows = account.fills
        .filter(({ at }) => at <= end)
        .map(({ fill }) => fill)
        .filter(
          ({ orderId, symbol, timestamp }) =>
            (params.orderId ?? orderId) === orderId &&
            params.strategyId === undefined &&
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
