import type { Decimal } from '../core/decimal.ts';
import type { Problem } from '../exchange/bounds.ts';
import type { WithdrawParams } from '../exchange/instructions/capital.ts';
import { withdrawalProblems } from '../exchange/transfer-rules.ts';
import type { Asset } from '../exchange/types.ts';
import { addressProblem } from './address-problem.ts';

/** A withdrawal as it stands in a form: just as typed. Asset and chain by the exchange's names, empty while none is chosen. */
export interface WithdrawalDraft {
  symbol: string;
  blockchain: string;
  address: string;
  quantity: string;
}

export type CheckedWithdrawal =
  | { ok: true; params: WithdrawParams }
  | { ok: false; problems: readonly Problem[] };

const required = (path: string, text: string): Problem | undefined =>
  text.trim() === '' ? { path, reason: 'required' } : undefined;

/** What is missing to know the rules by, else what the rules have against it. */
function rulesProblems(
  draft: WithdrawalDraft,
  asset: Asset | undefined,
  most: Decimal | undefined,
): readonly (Problem | undefined)[] {
  if (draft.symbol !== '' && draft.blockchain !== '') {
    return withdrawalProblems(draft, asset, { most });
  }
  return [
    required('symbol', draft.symbol),
    draft.symbol === '' ? undefined : required('blockchain', draft.blockchain),
    required('quantity', draft.quantity),
  ];
}

/**
 * A form's withdrawal, checked: the params to send, amount and address exactly as typed, or every problem, one a field.
 * @param most - what may leave the account by `maxWithdrawalQuantity`, where it is known.
 */
export function checkWithdrawal(
  draft: WithdrawalDraft,
  asset: Asset | undefined,
  most?: Decimal,
): CheckedWithdrawal {
  const { symbol, blockchain, address } = draft;
  // Without a chain there are no rules for addresses; that none is chosen is said beside it.
  const unfit =
    blockchain === '' && address !== '' ? undefined : addressProblem(blockchain, address);
  const found = [...rulesProblems(draft, asset, most), unfit];
  // A chain that wants a tag takes no address whatever: that is the one thing to say of it.
  const problems = found
    .filter((problem) => problem !== undefined)
    .filter(({ path }, index, all) => all.findLastIndex((each) => each.path === path) === index);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, params: { symbol, blockchain, address, quantity: draft.quantity.trim() } };
}

const HIDDEN = /[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** The address without blanks and characters that cannot be seen: offered as the fix, never done unasked. */
export const withoutHidden = (address: string): string => address.replace(HIDDEN, '');
