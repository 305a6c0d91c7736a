import type { Account } from './accounts.ts';
import { isChain } from './addresses.ts';
import {
  type PracticeDeposit,
  type PracticeWithdrawal,
  practiceDeposit,
  practiceWithdrawal,
  type WithdrawalStep,
} from './transfer.ts';
import type { DepositGiven, Transfers } from './transfers.ts';
import type { TwoFactor, TwoFactorMode } from './two-factor.ts';

/** What a test may do and see of money in and out. */
export interface TransferControls {
  /** Money arrives at the account's deposit address. Returns the deposit's id. */
  depositArrives(apiKey: string, deposit: DepositGiven): number;
  /** Every deposit, oldest first, as it truly stands. */
  deposits(apiKey: string): readonly PracticeDeposit[];
  /** Every withdrawal ever accepted, oldest first, as it truly stands. */
  withdrawals(apiKey: string): readonly PracticeWithdrawal[];
  depositAddress(apiKey: string, blockchain: string): string;
  /** Answer 409 to whoever asks for deposit addresses on these chains, and on no others. */
  setDepositAddressConflicts(blockchains: readonly string[]): void;
  /** How withdrawals move on from now on; with an id, how that one does, counted from now. */
  setWithdrawalSchedule(steps: readonly WithdrawalStep[], id?: number): void;
  /** Whether fees come out of the quantity, as they do at first, or on top of it. */
  setWithdrawalFee(where: 'inside' | 'on-top'): void;
  /** Let withdrawals to addresses that are not exempt wait so many hours; `triggerAt` says until when. */
  setWithdrawalDelay(hours: number): void;
  /** `exempt` at first. `status` is that of INVALID_TWO_FACTOR_CODE, 400 unless said otherwise. */
  setTwoFactor(mode: TwoFactorMode, options?: { status?: 400 | 403 }): void;
  /** The addresses in the account's address book that need no second factor, in any mode. */
  setExemptAddresses(apiKey: string, addresses: readonly string[]): void;
  /** The right six digits of the account's authenticator app; always the same. */
  twoFactorCode(apiKey: string): string;
  /** The right six digits sent by e-mail; always the same. */
  twoFactorEmailCode(apiKey: string): string;
}

export function transferControls(
  transfers: Transfers,
  twoFactor: TwoFactor,
  accountOf: (apiKey: string) => Account,
  now: () => number,
): TransferControls {
  return {
    depositArrives(apiKey, deposit) {
      const account = accountOf(apiKey);
      if (!account.registered) throw new Error('nobody registered this key');
      return transfers.deposit(account, deposit);
    },
    deposits: (apiKey) => accountOf(apiKey).deposits.map((row) => practiceDeposit(row, now())),
    withdrawals: (apiKey) =>
      accountOf(apiKey).withdrawals.map((row) => practiceWithdrawal(row, now())),
    depositAddress(apiKey, blockchain) {
      if (!isChain(blockchain)) throw new Error(`no addresses on ${blockchain}`);
      return transfers.depositAddress(apiKey, blockchain);
    },
    setDepositAddressConflicts: transfers.setConflicts,
    setWithdrawalSchedule: transfers.setSchedule,
    setWithdrawalFee: transfers.setFee,
    setWithdrawalDelay: transfers.setDelay,
    setTwoFactor: (mode, options = {}) => twoFactor.setMode(mode, options),
    setExemptAddresses: twoFactor.setExempt,
    twoFactorCode: twoFactor.appCode,
    twoFactorEmailCode: twoFactor.emailCode,
  };
}
