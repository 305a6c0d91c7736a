import * as v from 'valibot';
import { marginSummary } from '../answers/account.ts';
import { field } from '../schema.ts';
import {
  depositAddress,
  deposits,
  issuedToken,
  maxWithdrawal,
  withdrawal,
  withdrawals,
} from '../transfer-types.ts';
import { balances } from '../types.ts';
import { entry } from './entry.ts';
import { subaccountId } from './parts.ts';

/** Newest first, without `X-PAGE` headers. `from` and `to` in Unix ms. */
const span = {
  from: v.optional(field.count),
  to: v.optional(field.count),
  limit: v.optional(v.pipe(field.count, v.maxValue(1000))),
  offset: v.optional(field.count),
};

/**
 * The body of a withdrawal, but for `twoFactorToken`: that one is added when the request is stamped, and stands in nothing
 * that is shown, kept or confirmed. `recipientInformation` is left out: how it is signed is documented nowhere.
 * @see https://docs.backpack.exchange/#tag/Capital/operation/request_withdrawal
 */
export const withdrawParams = v.strictObject({
  address: field.address,
  blockchain: field.blockchain,
  quantity: field.amount,
  symbol: field.symbol,
  /** Text here, unlike in orders. */
  clientId: v.optional(field.clientText),
  autoBorrow: v.optional(v.boolean()),
  autoLendRedeem: v.optional(v.boolean()),
});
export type WithdrawParams = v.InferOutput<typeof withdrawParams>;

export const capital = {
  balanceQuery: entry({
    method: 'GET',
    path: '/api/v1/capital',
    params: v.strictObject({}),
    answer: balances,
    scope: 'read',
    words: () => ({ key: 'wordsBalanceQuery', values: [] }),
  }),
  collateralQuery: entry({
    method: 'GET',
    path: '/api/v1/capital/collateral',
    params: v.strictObject({ subaccountId }),
    answer: marginSummary,
    scope: 'read',
    words: () => ({ key: 'wordsCollateralQuery', values: [] }),
  }),
  depositQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/capital/deposits',
    params: v.strictObject({ ...span, excludePlatform: v.optional(v.boolean()) }),
    answer: deposits,
    scope: 'read',
    words: () => ({ key: 'wordsDepositQueryAll', values: [] }),
  }),
  depositAddressQuery: entry({
    method: 'GET',
    path: '/wapi/v1/capital/deposit/address',
    params: v.strictObject({ blockchain: field.blockchain }),
    answer: depositAddress,
    scope: 'read',
    words: (p) => ({ key: 'wordsDepositAddressQuery', values: [p.blockchain] }),
  }),
  withdrawalQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/capital/withdrawals',
    params: v.strictObject({
      ...span,
      id: v.optional(v.pipe(field.count, v.maxValue(2_147_483_647))),
      clientId: v.optional(field.clientText),
    }),
    answer: withdrawals,
    scope: 'read',
    words: () => ({ key: 'wordsWithdrawalQueryAll', values: [] }),
  }),
  withdraw: entry({
    method: 'POST',
    path: '/wapi/v1/capital/withdrawals',
    params: withdrawParams,
    answer: withdrawal,
    scope: 'withdraw',
    outcome: 'byClientId',
    words: (p) => ({
      key: 'wordsWithdraw',
      values: [`${p.quantity} ${p.symbol}`, p.blockchain, p.address],
    }),
  }),
  maxWithdrawalQuantity: entry({
    method: 'GET',
    path: '/api/v1/account/limits/withdrawal',
    params: v.strictObject({
      symbol: field.symbol,
      autoBorrow: v.optional(v.boolean()),
      autoLendRedeem: v.optional(v.boolean()),
    }),
    answer: maxWithdrawal,
    scope: 'read',
    words: (p) => ({ key: 'wordsMaxWithdrawalQuantity', values: [p.symbol] }),
  }),
  /** Exchanges a code of the app or of an e-mail for a token. Not in the exchange's own document; its Rust client has it. */
  issueTwoFactorToken: entry({
    method: 'POST',
    path: '/wapi/v1/user/2fa',
    params: v.pipe(
      v.strictObject({ app: v.optional(field.code), email: v.optional(field.code) }),
      v.forward(
        v.check((given) => given.app !== undefined || given.email !== undefined, 'required'),
        ['app'],
      ),
    ),
    answer: issuedToken,
    scope: 'internal',
    words: () => ({ key: 'wordsIssueTwoFactorToken', values: [] }),
  }),
};
