import type { WireError } from '../../../core/errors.ts';
import type { Problem } from '../../../exchange/bounds.ts';
import { errorText } from '../../error-text.ts';
import { grouped } from '../../format.ts';
import { type MessageKey, t } from '../../text.ts';

const CLOSED_TO = {
  orderType: 'marketLimitOnly',
  postOnly: 'marketPostOnly',
} as const;

const CONFLICTS: Readonly<Record<string, MessageKey>> = {
  postOnly: 'postOnlyConflict',
  reduceOnly: 'reduceOnlyConflict',
  ladderTo: 'ladderFlat',
  ladderCount: 'ladderNarrow',
};

/** On which side of the order an attached one belongs. */
const SIDES: Readonly<Record<string, MessageKey>> = {
  'stopLossTriggerPrice not-below': 'stopLossNotBelow',
  'stopLossTriggerPrice not-above': 'stopLossNotAbove',
  'takeProfitTriggerPrice not-below': 'takeProfitNotBelow',
  'takeProfitTriggerPrice not-above': 'takeProfitNotAbove',
};

/** What is wrong with a field and what to do about it. */
export function problemText({ path, reason, limit }: Problem): string {
  const own = reason === 'conflict' ? CONFLICTS[path] : SIDES[`${path} ${reason}`];
  if (own) return t(own, grouped(limit ?? ''));
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
