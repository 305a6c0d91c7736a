import * as v from 'valibot';
import { balances } from '../types.ts';
import { entry } from './entry.ts';

export const capital = {
  balanceQuery: entry({
    method: 'GET',
    path: '/api/v1/capital',
    params: v.strictObject({}),
    answer: balances,
    scope: 'read',
    words: () => ({ key: 'wordsBalanceQuery', values: [] }),
  }),
};
