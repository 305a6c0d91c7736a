import * as v from 'valibot';
import type { Params } from '../core/canonical.ts';
import { parseDecimal } from '../core/decimal.ts';
import { invalid, isAppError } from '../core/errors.ts';
import type { Problem } from './bounds.ts';
import type { FieldKind, RequestField } from './request-fields.ts';
import { isReason, pathOf } from './schema.ts';

/** A request as it stands in a form: text by field, just as typed. What is empty or missing is not given. */
export type RequestDraft = Readonly<Record<string, string>>;

export type CheckedRequest =
  | { readonly ok: true; readonly params: Params }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type Value = string | number | boolean | undefined;

/** @throws INVALID_INPUT at `path`, also for a whole number that JSON would not carry exactly. */
function integer(text: string, path: string, min: number, max: number): number {
  // Reasons first: a comma, an exponent, a sign.
  const digits = parseDecimal(text, path);
  if (digits.includes('.')) throw invalid(path, 'decimals', '0');
  const value = Number(digits);
  if (value > max) throw invalid(path, 'maximum', String(max));
  if (value < min) throw invalid(path, 'minimum', String(min));
  return value;
}

/** What a text means as a value of that kind; what it may not be is left to the schema. @throws INVALID_INPUT at `path`. */
function valueFrom(kind: FieldKind, typed: string, path: string): Value {
  const text = kind.kind === 'text' ? typed : typed.trim();
  if (text === '') return undefined;
  switch (kind.kind) {
    case 'flag':
      return text === 'true';
    case 'integer':
      return integer(text, path, kind.min, kind.max);
    case 'amount':
      return parseDecimal(text, path);
    default:
      return text;
  }
}

function reasonOf(issue: v.BaseIssue<unknown>): Omit<Problem, 'path'> {
  if (issue.type === 'strict_object') {
    return { reason: issue.received === 'undefined' ? 'required' : 'unknown-key' };
  }
  const { message, requirement } = issue;
  if (isReason(message)) {
    return { reason: message, ...(message === 'too-long' ? { limit: String(requirement) } : {}) };
  }
  // A union's own message says nothing; what its first member has against the value does.
  const [inner] = issue.issues ?? [];
  return inner ? reasonOf(inner) : { reason: 'wrong-type' };
}

/**
 * A form's request, checked with the entry's own schema: the params, or every problem at once, one a field. A rule between
 * fields speaks once each field is right by itself.
 */
export function checkRequest(
  schema: v.GenericSchema<unknown, Params>,
  fields: readonly RequestField[],
  draft: RequestDraft,
): CheckedRequest {
  const problems = new Map<string, Problem>();
  const params: Record<string, Value> = {};
  for (const { name, kind } of fields) {
    try {
      const value = valueFrom(kind, draft[name] ?? '', name);
      if (value !== undefined) params[name] = value;
    } catch (error) {
      if (!isAppError(error, 'INVALID_INPUT')) throw error;
      problems.set(name, error.data);
    }
  }
  const result = v.safeParse(schema, params);
  for (const issue of result.issues ?? []) {
    const path = pathOf(issue);
    if (!problems.has(path)) problems.set(path, { path, ...reasonOf(issue) });
  }
  return result.success && problems.size === 0
    ? { ok: true, params: result.output }
    : { ok: false, problems: [...problems.values()] };
}

/** Params as a form would hold them: the way back of `checkRequest`. */
export const draftOf = (params: Params): RequestDraft =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, String(value)]],
    ),
  );
