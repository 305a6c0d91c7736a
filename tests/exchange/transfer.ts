import type { Account } from './accounts.ts';
import type { Chain } from './addresses.ts';
import { type Amount, plain } from './decimal.ts';
import { naive } from './order.ts';

/** How a deposit or a withdrawal stands from a moment of true time on. */
export interface Change {
  readonly at: number;
  readonly status: string;
  /** Which field of a withdrawal's answer shows the transaction, if any does yet. */
  readonly hashIn?: 'transactionHash' | 'identifier';
}
export const changeAt = (changes: readonly Change[], at: number): Change | undefined =>
  changes.findLast((change) => change.at <= at);

/** One step of a withdrawal: so long after it was made it stands like that. The first is at 0. */
export interface WithdrawalStep {
  readonly afterMs: number;
  /** One of the documented ones, or any other word. */
  readonly status: string;
  readonly hashIn?: 'transactionHash' | 'identifier';
}
/** What withdrawals do unless told otherwise: on their way at once, seen on the chain, confirmed. */
export const usualSchedule: readonly WithdrawalStep[] = [
  { afterMs: 0, status: 'pending' },
  { afterMs: 2_000, status: 'pending', hashIn: 'transactionHash' },
  { afterMs: 5_000, status: 'confirmed', hashIn: 'transactionHash' },
];
/** A withdrawal that stays as it is. */
export const heldAt = (status: string): readonly WithdrawalStep[] => [{ afterMs: 0, status }];

export interface Withdrawal {
  readonly id: number;
  readonly symbol: string;
  readonly blockchain: Chain;
  readonly address: string;
  /** As it was sent. */
  readonly quantity: string;
  readonly fee: Amount;
  /** What left the account, and what reached the address. */
  readonly debited: Amount;
  readonly received: Amount;
  readonly clientId: string | undefined;
  /** By the server's clock. */
  readonly createdAt: number;
  readonly triggerAt: number | undefined;
  readonly transactionHash: string;
  readonly isInternal: boolean;
  /** The last one that has come to pass holds. */
  readonly changes: Change[];
}

export interface Deposit {
  readonly id: number;
  readonly account: Account;
  readonly symbol: string;
  readonly quantity: Amount;
  readonly source: string;
  readonly fromAddress: string | null;
  readonly toAddress: string | null;
  readonly transactionHash: string | null;
  /** By the server's clock. */
  readonly createdAt: number;
  readonly changes: readonly Change[];
}

/** A withdrawal as it truly stands. `received` is what the address gets, `debited` what the account lost. */
export interface PracticeWithdrawal {
  readonly id: number;
  readonly symbol: string;
  readonly blockchain: string;
  readonly address: string;
  readonly quantity: string;
  readonly fee: string;
  readonly debited: string;
  readonly received: string;
  readonly clientId: string | undefined;
  readonly createdAt: number;
  readonly status: string;
  readonly transactionHash: string | undefined;
  readonly isInternal: boolean;
}
/** A deposit as it truly stands. It is in the balance once it is `confirmed`. */
export interface PracticeDeposit {
  readonly id: number;
  readonly symbol: string;
  readonly quantity: string;
  readonly source: string;
  readonly toAddress: string | undefined;
  readonly createdAt: number;
  readonly status: string;
  readonly transactionHash: string | undefined;
}

export function practiceWithdrawal(withdrawal: Withdrawal, now: number): PracticeWithdrawal {
  const { fee, debited, received, changes, transactionHash } = withdrawal;
  const change = changeAt(changes, now);
  return {
    id: withdrawal.id,
    symbol: withdrawal.symbol,
    blockchain: withdrawal.blockchain,
    address: withdrawal.address,
    quantity: withdrawal.quantity,
    fee: plain(fee),
    debited: plain(debited),
    received: plain(received),
    clientId: withdrawal.clientId,
    createdAt: withdrawal.createdAt,
    status: change?.status ?? '',
    transactionHash: change?.hashIn === undefined ? undefined : transactionHash,
    isInternal: withdrawal.isInternal,
  };
}

export const practiceDeposit = (deposit: Deposit, now: number): PracticeDeposit => ({
  id: deposit.id,
  symbol: deposit.symbol,
  quantity: plain(deposit.quantity),
  source: deposit.source,
  toAddress: deposit.toAddress ?? undefined,
  createdAt: deposit.createdAt,
  status: changeAt(deposit.changes, now)?.status ?? '',
  transactionHash: deposit.transactionHash ?? undefined,
});

/** The row as it stood at that moment of true time, or nothing where there was none. */
export function withdrawalAnswer(withdrawal: Withdrawal, at: number): object | undefined {
  const change = changeAt(withdrawal.changes, at);
  if (!change) return undefined;
  const { hashIn, status } = change;
  return {
    id: withdrawal.id,
    accountIdentifier: null,
    bankIdentifier: null,
    bankName: null,
    blockchain: withdrawal.blockchain,
    clientId: withdrawal.clientId ?? null,
    createdAt: naive(withdrawal.createdAt),
    fee: plain(withdrawal.fee),
    fiatFee: null,
    fiatState: null,
    fiatSymbol: null,
    identifier: hashIn === 'identifier' ? withdrawal.transactionHash : null,
    isInternal: withdrawal.isInternal,
    providerId: null,
    quantity: withdrawal.quantity,
    status,
    subaccountId: null,
    symbol: withdrawal.symbol,
    toAddress: withdrawal.address,
    transactionHash: hashIn === 'transactionHash' ? withdrawal.transactionHash : null,
    triggerAt: withdrawal.triggerAt === undefined ? null : naive(withdrawal.triggerAt),
  };
}

export function depositAnswer(deposit: Deposit, at: number): object | undefined {
  const change = changeAt(deposit.changes, at);
  if (!change) return undefined;
  return {
    id: deposit.id,
    createdAt: naive(deposit.createdAt),
    fiatAmount: null,
    fiatCurrency: null,
    fromAddress: deposit.fromAddress,
    institutionBic: null,
    platformMemo: null,
    quantity: plain(deposit.quantity),
    source: deposit.source,
    status: change.status,
    symbol: deposit.symbol,
    toAddress: deposit.toAddress,
    transactionHash: deposit.transactionHash,
  };
}
