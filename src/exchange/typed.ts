import { type Decimal, parseDecimal } from '../core/decimal.ts';
import { isAppError } from '../core/errors.ts';
import type { Problem } from './bounds.ts';

/** What stands in a field: a number, or why it is none. */
export type Typed = { value: Decimal } | { problem: Problem };

/** Reads a field that must be filled in. */
export function typed(text: string, path: string): Typed {
  try {
    return { value: parseDecimal(text, path) };
  } catch (error) {
    if (!isAppError(error, 'INVALID_INPUT')) throw error;
    return { problem: { path, reason: error.data.reason } };
  }
}

/** Reads a field that may be left empty. */
export const typedIfAny = (text: string, path: string): Typed | undefined =>
  text.trim() === '' ? undefined : typed(text, path);

export const given = (found: Typed | undefined): Decimal | undefined =>
  found && 'value' in found ? found.value : undefined;
export const problemOf = (found: Typed | undefined): Problem | undefined =>
  found && 'problem' in found ? found.problem : undefined;

/** The first problem of each field. */
export function onePerField(found: readonly (Problem | undefined)[]): readonly Problem[] {
  const byPath = new Map<string, Problem>();
  for (const problem of found) {
    if (problem && !byPath.has(problem.path)) byPath.set(problem.path, problem);
  }
  return [...byPath.values()];
}
