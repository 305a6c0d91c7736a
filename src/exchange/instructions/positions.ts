import * as v from 'valibot';
import { fundingPayments, pastPositions } from '../answers/histories.ts';
import { field } from '../schema.ts';
import { positions as positionList } from '../types.ts';
import { entry } from './entry.ts';
import { ofMarket, page, subaccountId } from './parts.ts';

export const positions = {
  positionQuery: entry({
    method: 'GET',
    path: '/api/v1/position',
    params: v.strictObject(ofMarket),
    answer: positionList,
    scope: 'read',
    words: () => ({ key: 'wordsPositionQuery', values: [] }),
  }),
  /** In pages, though its answer has no `X-PAGE` headers. */
  positionHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/position',
    params: v.strictObject({
      ...ofMarket,
      state: v.optional(v.picklist(['Open', 'Closed'])),
      ...page,
    }),
    answer: pastPositions,
    scope: 'read',
    words: () => ({ key: 'wordsPositionHistory', values: [] }),
  }),
  fundingHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/funding',
    params: v.strictObject({ symbol: v.optional(field.symbol), subaccountId, ...page }),
    answer: fundingPayments,
    scope: 'read',
    paged: true,
    words: () => ({ key: 'wordsFundingHistory', values: [] }),
  }),
};
