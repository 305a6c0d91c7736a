import * as v from 'valibot';
import { decimal, idText, maybe, moment } from './schema.ts';

// Shapes of money in and out. Only what a row is worthless without is demanded: one row of a history that leaves something
// out must not take all the others off the screen.

/** `GET /wapi/v1/capital/deposits`. `source` is the chain in camel case (`hyperEVM`), or `internal` and its like. */
export const deposit = v.looseObject({
  id: idText,
  symbol: v.string(),
  quantity: decimal,
  /** `pending`, `confirmed` and others, some of them not documented. */
  status: v.string(),
  createdAt: maybe(moment),
  source: maybe(v.string()),
  fromAddress: maybe(v.string()),
  toAddress: maybe(v.string()),
  transactionHash: maybe(v.string()),
});
export const deposits = v.array(deposit);
export type Deposit = v.InferOutput<typeof deposit>;

/** `GET /wapi/v1/capital/deposit/address`. */
export const depositAddress = v.looseObject({ address: v.pipe(v.string(), v.nonEmpty()) });
export type DepositAddress = v.InferOutput<typeof depositAddress>;

/** A withdrawal, as it is answered and in the history. Its `clientId` is text, unlike that of orders. */
export const withdrawal = v.looseObject({
  id: idText,
  symbol: v.string(),
  quantity: decimal,
  /** Anything but `confirmed` is unfinished. */
  status: v.string(),
  createdAt: maybe(moment),
  blockchain: maybe(v.string()),
  toAddress: maybe(v.string()),
  clientId: maybe(v.string()),
  fee: maybe(decimal),
  /** Either may hold the transaction's hash. */
  transactionHash: maybe(v.string()),
  identifier: maybe(v.string()),
  /** Settled inside the exchange: the address is another account's. */
  isInternal: maybe(v.boolean()),
  /** When a delayed one will start. */
  triggerAt: maybe(moment),
});
export const withdrawals = v.array(withdrawal);
export type Withdrawal = v.InferOutput<typeof withdrawal>;

/** `GET /api/v1/account/limits/withdrawal`: what may leave now, net of what margin needs. */
export const maxWithdrawal = v.looseObject({
  symbol: v.string(),
  maxWithdrawalQuantity: decimal,
  autoBorrow: maybe(v.boolean()),
  autoLendRedeem: maybe(v.boolean()),
});
export type MaxWithdrawal = v.InferOutput<typeof maxWithdrawal>;

/** `POST /wapi/v1/user/2fa`: the token that a code was exchanged for. */
export const issuedToken = v.looseObject({ signature: v.pipe(v.string(), v.nonEmpty()) });
