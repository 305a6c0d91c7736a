import { computed, type ReadonlySignal, signal } from '@preact/signals';
import * as v from 'valibot';
import type { Decimal } from '../../core/decimal.ts';
import type { Problem } from '../../exchange/bounds.ts';
import { decimal } from '../../exchange/schema.ts';
import { mostOn, tokenOn } from '../../exchange/transfer-rules.ts';
import { type MaxWithdrawal, maxWithdrawal } from '../../exchange/transfer-types.ts';
import type { Asset, Token } from '../../exchange/types.ts';
import {
  type KnownAddress,
  type TransferWarning,
  withdrawalWarnings,
} from '../../policy/transfer-warnings.ts';
import {
  type CheckedWithdrawal,
  checkWithdrawal,
  type WithdrawalDraft,
} from '../../policy/withdrawal-check.ts';
import type { AddressBook } from './address-book.ts';
import type { AssetsState } from './assets.ts';
import type { BalancesState } from './balances.ts';
import type { DepositState } from './deposit.ts';
import type { Drafts } from './drafts.ts';
import type { Reads } from './reads.ts';
import { createLoader, known, type Remote } from './remote.ts';
import type { TransfersState } from './transfers.ts';

export interface WithdrawalForm extends WithdrawalDraft {
  /** The person says that the exchange asks for a second factor here. */
  needsCode: boolean;
}

/** The params of a withdrawal, not decoded. */
type Named = Readonly<Record<string, unknown>>;

export interface WithdrawalState {
  readonly draft: ReadonlySignal<WithdrawalForm>;
  /** The draft of an earlier popup has been taken back, if there was one. */
  readonly restored: ReadonlySignal<boolean>;
  readonly asset: ReadonlySignal<Asset | undefined>;
  readonly token: ReadonlySignal<Token | undefined>;
  /** How much of the chosen asset may leave now. */
  readonly limit: ReadonlySignal<Remote<MaxWithdrawal>>;
  /** The most that can be withdrawn in one piece, as far as it is known. */
  readonly most: ReadonlySignal<Decimal | undefined>;
  /** `undefined` until assets are known. */
  readonly checked: ReadonlySignal<CheckedWithdrawal | undefined>;
  /** What to say beside the fields: everything once a review was asked for, before that nothing about empty fields. */
  readonly problems: ReadonlySignal<readonly Problem[]>;
  /** Deposit addresses of this account, as far as any have been seen. */
  readonly own: ReadonlySignal<readonly KnownAddress[]>;
  /** What is remarkable about what the form holds, as far as it can be a withdrawal. */
  readonly warnings: ReadonlySignal<readonly TransferWarning[]>;
  /** What is remarkable about a withdrawal under review, by what is known now. */
  warningsOf(params: Named): readonly TransferWarning[];
  /** The network's fee for it, where it is known. */
  feeOf(params: Named): Decimal | undefined;
  change(part: Partial<WithdrawalForm>): void;
  /** Puts in the most, as the network can carry it. */
  useMost(): void;
  /** Shows every problem; yields whether there is none. */
  attempt(): boolean;
  /** After it was made: its size is not for a second press. Whatever was typed meanwhile stays. */
  clearQuantity(made: string): void;
  /** Asks how much of the chosen asset may leave. */
  refreshLimit(quiet?: boolean): Promise<boolean>;
  restore(): Promise<void>;
  reset(): void;
}

export interface WithdrawalParts {
  reads: Reads;
  assets: AssetsState;
  balances: BalancesState;
  book: AddressBook;
  transfers: TransfersState;
  deposit: DepositState;
  drafts: Drafts;
}

const FORM = 'withdraw';
const EMPTY: WithdrawalForm = {
  symbol: '',
  blockchain: '',
  address: '',
  quantity: '',
  needsCode: false,
};
const typed = v.pipe(v.string(), v.maxLength(300));
const storedForm: v.GenericSchema<unknown, WithdrawalForm> = v.object({
  symbol: typed,
  blockchain: typed,
  address: typed,
  quantity: typed,
  needsCode: v.boolean(),
});

const withdrawing = v.object({
  symbol: v.string(),
  blockchain: v.string(),
  address: v.string(),
  quantity: decimal,
});

/** The address book and where money went before, as far as either could be read. */
export function knownAddresses(
  book: Pick<AddressBook, 'remote'>,
  transfers: Pick<TransfersState, 'used'>,
): { known: readonly KnownAddress[]; isComplete: boolean } {
  const kept = known(book.remote.value)?.value;
  const used = transfers.used.value;
  return {
    known: [...(kept?.entries ?? []), ...(used ?? [])],
    isComplete: kept !== undefined && kept.damaged === 0 && used !== undefined,
  };
}

export function createWithdrawal(parts: WithdrawalParts): WithdrawalState {
  const { reads, assets, balances, book, transfers, deposit, drafts } = parts;
  const draft = signal<WithdrawalForm>(EMPTY);
  const restored = signal(false);
  const attempted = signal(false);
  const limits = createLoader<MaxWithdrawal>(() =>
    reads.account('maxWithdrawalQuantity', { symbol: draft.value.symbol }, maxWithdrawal),
  );

  const asset = computed(() => assets.asset(draft.value.symbol));
  const token = computed(() => tokenOn(asset.value, draft.value.blockchain));
  const withdrawable = computed(() => {
    const limit = known(limits.state.value)?.value;
    return limit?.symbol === draft.value.symbol ? limit.maxWithdrawalQuantity : undefined;
  });
  const checked = computed((): CheckedWithdrawal | undefined =>
    known(assets.remote.value)
      ? checkWithdrawal(draft.value, asset.value, withdrawable.value)
      : undefined,
  );

  const own = computed(() => [...deposit.own.value, ...(transfers.own.value ?? [])]);

  const feeOf = ({ symbol, blockchain }: Named): Decimal | undefined =>
    tokenOn(assets.asset(String(symbol)), String(blockchain))?.withdrawalFee;
  const warningsOf = (params: Named): readonly TransferWarning[] => {
    const read = v.safeParse(withdrawing, params);
    if (!read.success) return [];
    return withdrawalWarnings(read.output, {
      ...knownAddresses(book, transfers),
      own: own.value,
      available: balances.available(read.output.symbol),
      fee: feeOf(params),
    });
  };

  const refreshLimit = async (quiet?: boolean): Promise<boolean> => {
    if (draft.value.symbol === '') return true;
    // One that is under way may be another asset's.
    if (limits.state.value.status === 'loading') await limits.refresh(true);
    return limits.refresh(quiet);
  };

  const change = (part: Partial<WithdrawalForm>): void => {
    const next = { ...draft.value, ...part };
    const networks = assets.asset(next.symbol)?.tokens.map(({ blockchain }) => blockchain) ?? [];
    const only = networks.length === 1 ? networks[0] : undefined;
    const isNew = next.symbol !== draft.value.symbol;
    const kept = networks.includes(next.blockchain) ? next.blockchain : '';
    draft.value = isNew ? { ...next, blockchain: only ?? kept } : next;
    drafts.write(FORM, draft.value);
    if (isNew) void refreshLimit();
  };

  return {
    draft,
    restored,
    asset,
    token,
    limit: limits.state,
    most: computed(() =>
      token.value ? mostOn(token.value, withdrawable.value) : withdrawable.value,
    ),
    checked,
    problems: computed(() => {
      if (!checked.value || checked.value.ok) return [];
      return attempted.value
        ? checked.value.problems
        : checked.value.problems.filter(({ reason }) => reason !== 'required');
    }),
    warnings: computed(() => (checked.value?.ok ? warningsOf(checked.value.params) : [])),
    own,
    warningsOf,
    feeOf,
    change,
    useMost() {
      if (withdrawable.value === undefined) return;
      const most = token.value ? mostOn(token.value, withdrawable.value) : withdrawable.value;
      if (most !== undefined) change({ quantity: most });
    },
    attempt() {
      attempted.value = true;
      return checked.value?.ok === true;
    },
    clearQuantity(made) {
      attempted.value = false;
      if (draft.value.quantity.trim() === made) change({ quantity: '' });
    },
    refreshLimit,
    async restore() {
      const before = draft.value;
      const read = v.safeParse(storedForm, await drafts.read(FORM));
      // What was typed while the draft was on its way is newer than the draft.
      if (read.success && draft.value === before) {
        draft.value = read.output;
        void refreshLimit();
      }
      restored.value = true;
    },
    reset() {
      draft.value = EMPTY;
      attempted.value = false;
      restored.value = false;
      limits.reset();
    },
  };
}
