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

/** Fields of the form; what is said of any other is said above the button. */
const FIELDS: ReadonlySet<string> = new Set([
  'symbol',
  'orderType',
  'price',
  'quantity',
  'postOnly',
  'reduceOnly',
]);

/** What the background found, as a problem of the field it belongs to. */
export function problemOf(error: WireError | undefined): Problem | undefined {
  if (error?.code !== 'INVALID_INPUT') return undefined;
  const path = error.data.path === 'quoteQuantity' ? 'quantity' : error.data.path;
  return FIELDS.has(path) ? { ...error.data, path } : undefined;
}
