import type { WireError } from '../../../core/errors.ts';
import type { Problem } from '../../../exchange/bounds.ts';
import { errorText } from '../../error-text.ts';
import { t } from '../../text.ts';

const CLOSED_TO = {
  orderType: 'marketLimitOnly',
  postOnly: 'marketPostOnly',
} as const;

/** What is wrong with a field and what to do about it. */
export function problemText({ path, reason, limit }: Problem): string {
  if (reason === 'conflict' && path === 'postOnly') return t('postOnlyConflict');
  if (reason === 'conflict' && path === 'reduceOnly') return t('reduceOnlyConflict');
  if (reason === 'market-closed' && (path === 'orderType' || path === 'postOnly')) {
    return t(CLOSED_TO[path]);
  }
  const bound = limit === undefined ? {} : { limit };
  return errorText({ code: 'INVALID_INPUT', data: { path, reason, ...bound } });
}

/** What the background found, as a problem of the field it belongs to; `undefined` if it is of none of these fields. */
export function problemOf(
  error: WireError | undefined,
  fields: ReadonlySet<string>,
): Problem | undefined {
  if (error?.code !== 'INVALID_INPUT') return undefined;
  return fields.has(error.data.path) ? error.data : undefined;
}
