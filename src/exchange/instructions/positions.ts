import * as v from 'valibot';
import { field } from '../schema.ts';
import { positions as positionList } from '../types.ts';
import { entry } from './entry.ts';

export const positions = {
  positionQuery: entry({
    method: 'GET',
    path: '/api/v1/position',
    params: v.strictObject({
      symbol: v.optional(field.symbol),
      marketType: v.optional(field.marketType),
    }),
    answer: positionList,
    scope: 'read',
    words: () => ({ key: 'wordsPositionQuery', values: [] }),
  }),
};
