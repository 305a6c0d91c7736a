import * as v from 'valibot';
import {
  borrowLendHistory,
  borrowLendMovements,
  interestPayments,
} from '../answers/borrow-lend.ts';
import { dustConversions, settlements } from '../answers/histories.ts';
import { field } from '../schema.ts';
import { entry } from './entry.ts';
import { page } from './parts.ts';

const symbol = v.optional(field.symbol);

/** What the account was charged, paid and converted. Orders, positions, RFQs, strategies and vaults have theirs beside them. */
export const history = {
  dustHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/dust',
    params: v.strictObject({ id: v.optional(field.count), symbol, ...page }),
    answer: dustConversions,
    scope: 'read',
    paged: true,
    words: () => ({ key: 'wordsDustHistory', values: [] }),
  }),
  settlementHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/settlement',
    params: v.strictObject({
      source: v.optional(
        v.picklist([
          'BackstopLiquidation',
          'CulledBorrowInterest',
          'CulledRealizePnl',
          'CulledRealizePnlBookUtilization',
          'FundingPayment',
          'RealizePnl',
          'TradingFees',
          'TradingFeesSystem',
        ]),
      ),
      ...page,
    }),
    answer: settlements,
    scope: 'read',
    paged: true,
    words: () => ({ key: 'wordsSettlementHistory', values: [] }),
  }),
  borrowHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/borrowLend',
    params: v.strictObject({
      type: v.optional(v.picklist(['Borrow', 'BorrowRepay', 'Lend', 'LendRedeem'])),
      /** One or more, joined by commas: `AutoLend,Manual`. */
      sources: v.optional(
        v.pipe(v.string(), v.regex(/^[A-Za-z]{1,40}(?:,[A-Za-z]{1,40}){0,19}$/, 'character')),
      ),
      positionId: v.optional(field.id),
      symbol,
      ...page,
    }),
    answer: borrowLendMovements,
    scope: 'read',
    paged: true,
    words: () => ({ key: 'wordsBorrowHistory', values: [] }),
  }),
  borrowPositionHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/borrowLend/positions',
    params: v.strictObject({
      symbol,
      side: v.optional(v.picklist(['Borrow', 'Lend'])),
      state: v.optional(v.picklist(['Open', 'Closed'])),
      ...page,
    }),
    answer: borrowLendHistory,
    scope: 'read',
    paged: true,
    words: () => ({ key: 'wordsBorrowPositionHistory', values: [] }),
  }),
  interestHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/interest',
    params: v.strictObject({
      asset: symbol,
      symbol,
      positionId: v.optional(field.id),
      source: v.optional(v.picklist(['UnrealizedPnl', 'BorrowLend'])),
      ...page,
    }),
    answer: interestPayments,
    scope: 'read',
    paged: true,
    words: () => ({ key: 'wordsInterestHistory', values: [] }),
  }),
};
