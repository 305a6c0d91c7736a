import { computed, type ReadonlySignal } from '@preact/signals';
import type { Decimal } from '../../core/decimal.ts';
import { utcTime } from '../../exchange/time.ts';
import {
  type Deposit,
  deposits as depositList,
  type Withdrawal,
  withdrawals as withdrawalList,
} from '../../exchange/transfer-types.ts';
import type { RequestView } from '../../messaging/requests.ts';
import { singleOf } from '../../messaging/shapes.ts';
import type { KnownAddress } from '../../policy/transfer-warnings.ts';
import type { Reads } from './reads.ts';
import { createLoader, known, type Remote } from './remote.ts';

/** Money that came in or went out, as a line of one list. */
export interface Transfer {
  key: string;
  kind: 'deposit' | 'withdrawal';
  symbol: string;
  quantity: Decimal;
  /** The exchange's word for it. */
  status: string;
  /** Unix ms; `undefined` if the exchange gave no time that can be read. */
  at: number | undefined;
  /** The chain, or where a deposit came from. */
  network: string | undefined;
  /** Where it went; of a deposit, where it came from. */
  address: string | undefined;
  hash: string | undefined;
  fee: Decimal | undefined;
  /** When a delayed withdrawal will start, in Unix ms. */
  triggerAt: number | undefined;
  isInternal: boolean;
}

type Moment = string | number | null | undefined;
const timeOf = (moment: Moment): number | undefined => {
  const at = moment == null ? Number.NaN : utcTime(moment);
  return Number.isNaN(at) ? undefined : at;
};

/** Whether it has come to its end. Of withdrawals anything but `confirmed` is unfinished, unless it says otherwise. */
const ENDED: ReadonlySet<string> = new Set([
  'confirmed',
  'cancelled',
  'declined',
  'expired',
  'refunded',
  'void',
]);
export const isUnfinished = ({ status }: Pick<Transfer, 'status'>): boolean => !ENDED.has(status);

const ofWithdrawal = (withdrawal: Withdrawal): Transfer => ({
  key: `withdrawal ${withdrawal.id}`,
  kind: 'withdrawal',
  symbol: withdrawal.symbol,
  quantity: withdrawal.quantity,
  status: withdrawal.status,
  at: timeOf(withdrawal.createdAt),
  network: withdrawal.blockchain ?? undefined,
  address: withdrawal.toAddress ?? undefined,
  hash: withdrawal.transactionHash ?? withdrawal.identifier ?? undefined,
  fee: withdrawal.fee ?? undefined,
  triggerAt: timeOf(withdrawal.triggerAt),
  isInternal: withdrawal.isInternal ?? false,
});

/** Sources of deposits are spelt in camel case, chains in Pascal case: `hyperEVM` is `HyperEVM`. */
const chainOf = (source: string | null | undefined): string | undefined =>
  source ? `${source.charAt(0).toUpperCase()}${source.slice(1)}` : undefined;

const ofDeposit = (deposit: Deposit): Transfer => ({
  key: `deposit ${deposit.id}`,
  kind: 'deposit',
  symbol: deposit.symbol,
  quantity: deposit.quantity,
  status: deposit.status,
  at: timeOf(deposit.createdAt),
  network: chainOf(deposit.source),
  address: deposit.fromAddress ?? undefined,
  hash: deposit.transactionHash ?? undefined,
  fee: undefined,
  triggerAt: undefined,
  isInternal: deposit.source === 'internal',
});

export interface TransfersState {
  readonly withdrawals: ReadonlySignal<Remote<readonly Withdrawal[]>>;
  readonly deposits: ReadonlySignal<Remote<readonly Deposit[]>>;
  /** Both, newest first; `undefined` until either is known. */
  readonly all: ReadonlySignal<readonly Transfer[] | undefined>;
  /** Where money went, and where it came in: addresses of others, and of one's own. Absent while they are not known. */
  readonly used: ReadonlySignal<readonly KnownAddress[] | undefined>;
  readonly own: ReadonlySignal<readonly KnownAddress[] | undefined>;
  /** The withdrawal that a request of ours made, as the exchange lists it. */
  madeBy(view: RequestView): Transfer | undefined;
  refresh(quiet?: boolean): Promise<boolean>;
  reset(): void;
}

const addressOf = (address: string | null | undefined, blockchain: string | null | undefined) =>
  address && blockchain ? [{ address, blockchain }] : [];

/** How many are kept in sight; the whole of them is in the histories. */
const LATEST = 100;

export function createTransfers(reads: Reads): TransfersState {
  const withdrawals = createLoader<readonly Withdrawal[]>(() =>
    reads.account('withdrawalQueryAll', { limit: LATEST }, withdrawalList),
  );
  const deposits = createLoader<readonly Deposit[]>(() =>
    reads.account('depositQueryAll', { limit: LATEST }, depositList),
  );
  const sent = computed(() => known(withdrawals.state.value)?.value);
  const received = computed(() => known(deposits.state.value)?.value);
  return {
    withdrawals: withdrawals.state,
    deposits: deposits.state,
    all: computed(() => {
      if (!sent.value && !received.value) return undefined;
      const rows = [
        ...(sent.value ?? []).map(ofWithdrawal),
        ...(received.value ?? []).map(ofDeposit),
      ];
      return rows.sort((a, b) => (b.at ?? 0) - (a.at ?? 0)).slice(0, LATEST);
    }),
    used: computed(() =>
      sent.value?.flatMap(({ toAddress, blockchain }) => addressOf(toAddress, blockchain)),
    ),
    own: computed(() =>
      received.value?.flatMap(({ toAddress, source }) => addressOf(toAddress, chainOf(source))),
    ),
    madeBy(view) {
      const { withdrawalId } = view;
      const made = sent.value?.find(({ id, clientId }) =>
        withdrawalId === undefined ? clientId === singleOf(view).clientId : id === withdrawalId,
      );
      return made && ofWithdrawal(made);
    },
    async refresh(quiet) {
      const fresh = await Promise.all([withdrawals.refresh(quiet), deposits.refresh(quiet)]);
      return fresh.every(Boolean);
    },
    reset() {
      withdrawals.reset();
      deposits.reset();
    },
  };
}
