import * as v from 'valibot';
import { maxBorrow, maxOrder } from '../answers/account.ts';
import { field, rule } from '../schema.ts';
import { accountSummary } from '../types.ts';
import { entry, nothing } from './entry.ts';
import { margin } from './parts.ts';

const { autoLend, ...orderMargin } = margin;

const settings = v.pipe(
  v.strictObject({
    autoBorrowSettlements: autoLend,
    autoLend,
    autoRepayBorrows: autoLend,
    leverageLimit: v.optional(field.amount),
  }),
  // Only what is to change is sent, so that nothing is reset that somebody else has just set.
  rule('leverageLimit', 'required', (given) => Object.keys(given).length > 0),
);

/** One change has a sentence of its own; several are named as the exchange calls them. */
function settingsWords(given: v.InferOutput<typeof settings>) {
  const [[name, value] = ['', ''], ...more] = Object.entries(given);
  if (more.length > 0) {
    const all = Object.entries(given).map(([key, each]) => `${key}: ${each}`);
    return { key: 'wordsAccountUpdate', values: [all.join(', ')] };
  }
  if (name === 'leverageLimit') {
    return { key: 'wordsAccountUpdateLeverage', values: [String(value)] };
  }
  const setting = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  return { key: `wordsAccountUpdate${setting}${value ? 'On' : 'Off'}`, values: [] };
}

export const account = {
  accountQuery: entry({
    method: 'GET',
    path: '/api/v1/account',
    params: v.strictObject({}),
    answer: accountSummary,
    scope: 'read',
    words: () => ({ key: 'wordsAccountQuery', values: [] }),
  }),
  /** A higher leverage or borrowing on its own puts all that the account holds at stake, long after it was asked for. */
  accountUpdate: entry({
    method: 'PATCH',
    path: '/api/v1/account',
    params: settings,
    answer: nothing,
    scope: 'account',
    outcome: 'byState',
    words: settingsWords,
  }),
  /** Sells, at the exchange's own price, balances that are too small to trade: nothing leaves the account. */
  convertDust: entry({
    method: 'POST',
    path: '/api/v1/account/convertDust',
    /** Without a symbol: every such balance. */
    params: v.strictObject({ symbol: v.optional(field.symbol) }),
    answer: nothing,
    scope: 'trade',
    outcome: 'byState',
    words: ({ symbol }) =>
      symbol === undefined
        ? { key: 'wordsConvertDustAll', values: [] }
        : { key: 'wordsConvertDust', values: [symbol] },
  }),
  maxBorrowQuantity: entry({
    method: 'GET',
    path: '/api/v1/account/limits/borrow',
    params: v.strictObject({ symbol: field.symbol }),
    answer: maxBorrow,
    scope: 'read',
    words: (p) => ({ key: 'wordsMaxBorrowQuantity', values: [p.symbol] }),
  }),
  maxOrderQuantity: entry({
    method: 'GET',
    path: '/api/v1/account/limits/order',
    params: v.strictObject({
      symbol: field.symbol,
      side: field.side,
      /** Left out for a market order. */
      price: v.optional(field.amount),
      reduceOnly: v.optional(v.boolean()),
      ...orderMargin,
    }),
    answer: maxOrder,
    scope: 'read',
    words: (p) => ({ key: 'wordsMaxOrderQuantity', values: [p.symbol] }),
  }),
};
