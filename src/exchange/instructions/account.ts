import * as v from 'valibot';
import { accountSummary } from '../types.ts';
import { entry } from './entry.ts';

export const account = {
  accountQuery: entry({
    method: 'GET',
    path: '/api/v1/account',
    params: v.strictObject({}),
    answer: accountSummary,
    scope: 'read',
    words: () => ({ key: 'wordsAccountQuery', values: [] }),
  }),
};
