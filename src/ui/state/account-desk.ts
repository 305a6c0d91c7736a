import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { MarginSummary } from '../../exchange/answers/account.ts';
import { marginSummary } from '../../exchange/answers/account.ts';
import {
  type BorrowLendPosition,
  borrowLendPositions,
} from '../../exchange/answers/borrow-lend.ts';
import { type AccountSummary, accountSummary } from '../../exchange/types.ts';
import { fateOf } from './fate.ts';
import { createInstructionForm, type InstructionForm } from './instruction-form.ts';
import { createLending, type Lending } from './lending.ts';
import { type Part, part } from './part.ts';
import { createLoader, type Remote } from './remote.ts';

/** What can be asked about what the account may do now. */
export const LOOKUPS = ['maxOrderQuantity', 'maxBorrowQuantity', 'maxWithdrawalQuantity'] as const;
export type Lookup = (typeof LOOKUPS)[number];

/** The account as a whole: its settings, fees and limits, what it lends and owes, its collateral. */
export interface AccountDesk extends Part {
  readonly summary: ReadonlySignal<Remote<AccountSummary>>;
  readonly collateral: ReadonlySignal<Remote<MarginSummary>>;
  readonly positions: ReadonlySignal<Remote<readonly BorrowLendPosition[]>>;
  /** What is to change of the settings; what stays as it is, is not in its draft. */
  readonly update: InstructionForm;
  readonly lending: Lending;
  readonly lookups: Readonly<Record<Lookup, InstructionForm>>;
  refresh(quiet?: boolean): Promise<boolean>;
}

export const accountDesk = part((trading): AccountDesk => {
  const { reads } = trading;
  const summary = createLoader<AccountSummary>(() =>
    reads.account('accountQuery', {}, accountSummary),
  );
  const collateral = createLoader<MarginSummary>(() =>
    reads.account('collateralQuery', {}, marginSummary),
  );
  const positions = createLoader<readonly BorrowLendPosition[]>(() =>
    reads.account('borrowLendPositionQuery', {}, borrowLendPositions),
  );
  const loaders = [summary, collateral, positions] as const;
  const refresh = async (quiet?: boolean): Promise<boolean> => {
    const fresh = await Promise.all([
      ...loaders.map((each) => each.refresh(quiet)),
      trading.balances.refresh(true),
    ]);
    return fresh.every(Boolean);
  };

  const update = createInstructionForm('accountUpdate', trading);
  const lending = createLending(trading, positions.state);
  const lookups = {
    maxOrderQuantity: createInstructionForm('maxOrderQuantity', trading),
    maxBorrowQuantity: createInstructionForm('maxBorrowQuantity', trading),
    maxWithdrawalQuantity: createInstructionForm('maxWithdrawalQuantity', trading),
  };

  // Once a change is known to be made, its form is empty again, and the account is looked at anew.
  for (const form of [update, lending.form]) {
    let seen: string | undefined;
    effect(() => {
      const placed = form.placement.placement.value;
      if (placed?.kind !== 'known' || fateOf(placed.view) !== 'done') return;
      if (placed.view.id === seen) return;
      seen = placed.view.id;
      untracked(() => {
        if (form === update) update.clear();
        else form.change('quantity', '');
        void refresh(true);
      });
    });
  }

  return {
    summary: summary.state,
    collateral: collateral.state,
    positions: positions.state,
    update,
    lending,
    lookups,
    refresh,
    restore() {
      for (const form of [update, lending.form]) void form.restore();
    },
    reset() {
      for (const each of [...loaders, update, lending, ...Object.values(lookups)]) each.reset();
    },
  };
});
