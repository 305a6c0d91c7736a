import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { compare, type Decimal, isDecimal, isNegative, subtract } from '../../core/decimal.ts';
import { maxBorrow } from '../../exchange/answers/account.ts';
import type { BorrowLendPosition } from '../../exchange/answers/borrow-lend.ts';
import type { Problem } from '../../exchange/bounds.ts';
import { createInstructionForm, type InstructionForm } from './instruction-form.ts';
import { createLoader, known, type Remote } from './remote.ts';
import type { Trading } from './trading.ts';

/** What a person wants. The exchange knows two sides only: the one opposite to an open position takes that back first. */
export const LENDING_ACTIONS = ['lend', 'redeem', 'borrow', 'repay'] as const;
export type LendingAction = (typeof LENDING_ACTIONS)[number];

const SIDES = { lend: 'Lend', redeem: 'Borrow', borrow: 'Borrow', repay: 'Lend' } as const;

export interface Lending {
  readonly form: InstructionForm;
  readonly action: ReadonlySignal<LendingAction>;
  /** What is lent (above zero) or owed (below zero) of the chosen asset; `undefined` until it is known. */
  readonly net: ReadonlySignal<Decimal | undefined>;
  /** The most that the action can move, where it is known. */
  readonly most: ReadonlySignal<Decimal | undefined>;
  readonly problems: ReadonlySignal<readonly Problem[]>;
  act(action: LendingAction): void;
  choose(asset: string): void;
  /** Opens the review if nothing is against it. */
  submit(): void;
  reset(): void;
}

const ZERO = '0' as Decimal;
const positive = (value: Decimal): Decimal => (isNegative(value) ? ZERO : value);

export function createLending(
  trading: Trading,
  positions: ReadonlySignal<Remote<readonly BorrowLendPosition[]>>,
): Lending {
  const { reads, balances } = trading;
  const form = createInstructionForm('borrowLendExecute', trading);
  const action = signal<LendingAction>('lend');
  const asset = computed(() => form.draft.value.symbol ?? '');
  const limit = createLoader(() =>
    reads.account('maxBorrowQuantity', { symbol: asset.peek() }, maxBorrow),
  );

  const net = computed((): Decimal | undefined => {
    const list = known(positions.value)?.value;
    return list && (list.find(({ symbol }) => symbol === asset.value)?.netQuantity ?? ZERO);
  });
  const most = computed((): Decimal | undefined => {
    const available = balances.available(asset.value);
    const owed = net.value && positive(subtract(ZERO, net.value));
    switch (action.value) {
      case 'lend':
        return available;
      case 'redeem':
        return net.value && positive(net.value);
      case 'repay':
        return owed && available && (compare(owed, available) < 0 ? owed : available);
      case 'borrow': {
        const found = known(limit.state.value)?.value;
        return found?.symbol === asset.value ? found.maxBorrowQuantity : undefined;
      }
    }
  });

  const excess = computed((): Problem | undefined => {
    const quantity = form.draft.value.quantity?.trim() ?? '';
    if (most.value === undefined || !isDecimal(quantity)) return undefined;
    return compare(quantity, most.value) > 0
      ? { path: 'quantity', reason: 'maximum', limit: most.value }
      : undefined;
  });
  const refreshLimit = async (): Promise<void> => {
    if (action.value !== 'borrow' || asset.value === '') return;
    // One that is under way may be another asset's.
    if (limit.state.value.status === 'loading') await limit.refresh(true);
    await limit.refresh(true);
  };
  const setSide = (): void => form.change('side', SIDES[action.value]);

  return {
    form,
    action,
    net,
    most,
    problems: computed(() => (excess.value ? [excess.value] : form.problems.value)),
    act(next) {
      action.value = next;
      setSide();
      void refreshLimit();
    },
    choose(symbol) {
      form.change('symbol', symbol);
      void refreshLimit();
    },
    submit() {
      setSide();
      // More than is lent or owed would turn round and become the other.
      if (!excess.value) form.submit();
    },
    reset() {
      form.reset();
      limit.reset();
      action.value = 'lend';
    },
  };
}
