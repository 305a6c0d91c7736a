import * as v from 'valibot';
import type { WireError } from '../../core/errors.ts';
import type { RequestView } from '../../messaging/requests.ts';

/**
 * What a person may be told about a request that changes something. `sending` has no answer yet; `checking` lost its answer
 * and Buckle is looking; the rest is what `RequestView` says of settled ones.
 */
export type Fate =
  | 'sending'
  | 'checking'
  | 'placed'
  | 'partly'
  | 'done'
  | 'pending'
  | 'refused'
  | 'absent'
  | 'notSent'
  | 'unknown';

/** How far along a request is. It only ever moves up. */
const RANK: Record<RequestView['state'], number> = {
  recorded: 0,
  sent: 1,
  unknown: 2,
  answered: 2,
  refused: 2,
  settled: 3,
};

/** The later of two views of one request: an answer that was under way for long must not undo a newer event. */
export const later = (a: RequestView, b: RequestView): RequestView =>
  RANK[b.state] >= RANK[a.state] ? b : a;

export function fateOf({ state, outcome }: RequestView): Fate {
  switch (state) {
    case 'recorded':
    case 'sent':
      return 'sending';
    case 'unknown':
      return 'checking';
    case 'answered':
      return outcome ?? 'checking';
    case 'refused':
      return 'refused';
    case 'settled':
      return outcome ?? 'unknown';
  }
}

/** Is it still open what became of it? */
export const isOpen = (view: RequestView): boolean => view.state !== 'settled';

/** How long something that is over stays worth a word where it is not asked for. */
const RECENT_MS = 10 * 60_000;

export const isRecent = ({ settledAt, recordedAt }: RequestView, now: number): boolean =>
  now - (settledAt ?? recordedAt) < RECENT_MS;

const refusal = v.variant('code', [
  v.object({
    code: v.literal('EXCHANGE'),
    data: v.object({ status: v.number(), code: v.string(), message: v.string() }),
  }),
  v.object({
    code: v.literal('NOT_REPLACED'),
    data: v.object({
      reason: v.picklist(['not-cancelled', 'filled', 'unknown', 'executed', 'interrupted']),
    }),
  }),
]);

/**
 * Why the exchange refused it, or why the order of an edit was not sent; `undefined` if there is no such reason, or none that
 * can be read.
 */
export function refusalOf({ error }: Pick<RequestView, 'error'>): WireError | undefined {
  const known = v.safeParse(refusal, error);
  return known.success ? known.output : undefined;
}
