import * as v from 'valibot';
import { borrowLendPositions } from '../answers/borrow-lend.ts';
import { field } from '../schema.ts';
import { entry, nothing } from './entry.ts';

const SENTENCES = { Borrow: 'wordsBorrow', Lend: 'wordsLend' } as const;

export const borrowLend = {
  borrowLendPositionQuery: entry({
    method: 'GET',
    path: '/api/v1/borrowLend/positions',
    params: v.strictObject({}),
    answer: borrowLendPositions,
    scope: 'read',
    words: () => ({ key: 'wordsBorrowLendPositionQuery', values: [] }),
  }),
  /**
   * A loan costs interest and brings liquidation nearer, but what is borrowed or lent stays in the account. The side opposite
   * to an open position pays it back.
   */
  borrowLendExecute: entry({
    method: 'POST',
    path: '/api/v1/borrowLend',
    params: v.strictObject({
      symbol: field.symbol,
      side: v.picklist(['Borrow', 'Lend']),
      quantity: field.amount,
    }),
    answer: nothing,
    scope: 'trade',
    outcome: 'byState',
    words: (p) => ({ key: SENTENCES[p.side], values: [`${p.quantity} ${p.symbol}`] }),
  }),
};
