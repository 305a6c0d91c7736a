import * as v from 'valibot';
import { isList } from '../../core/canonical.ts';
import { AppError, type ErrorCode, type ErrorData, type WireError } from '../../core/errors.ts';
import { twoFactorOf } from '../../exchange/two-factor.ts';
import type { RequestPart, RequestView } from '../../messaging/requests.ts';
import type { OneParams } from '../../messaging/shapes.ts';
import type { Settled, SettledPart } from '../../messaging/site-contract.ts';
import { siteError, toSiteError } from '../../messaging/site-errors.ts';
import type { SiteOutcome } from '../../messaging/wire.ts';

const failed = (error: ReturnType<typeof siteError>): SiteOutcome => ({ ok: false, error });

/**
 * What the page is told of a request that was sent for it. `answer` is the exchange's, where it came to this worker; without
 * one, what is known of the order takes its place.
 */
export function outcomeOf(view: RequestView, answer?: unknown): SiteOutcome {
  switch (view.outcome) {
    case 'placed':
    case 'partly':
    case 'done':
      return { ok: true, value: answer ?? factsOf(view) };
    case 'pending':
      return { ok: true, value: answer ?? null };
    case 'refused':
      // Of a batch: each order by itself, and so it is answered.
      if (view.error === undefined && view.parts)
        return { ok: true, value: answer ?? factsOf(view) };
      return failed(refusalOf(view));
    case 'notSent':
      return failed(view.error === undefined ? siteError('not-sent') : refusalOf(view));
    case 'absent':
      return failed(siteError('not-sent'));
    default:
      return failed(siteError('outcome-unknown'));
  }
}

/** Is there more to come after what `outcomeOf` says? */
export const isUnsettled = ({ state, outcome }: RequestView): boolean =>
  state !== 'settled' && (outcome === undefined || outcome === 'pending');

/** The end, for a page that was told that it is not known yet. */
export const settledOf = (call: string, view: RequestView): Settled => ({
  id: call,
  instruction: view.instruction,
  outcome: view.outcome ?? 'unknown',
  ...told(view, 'orderId'),
  ...told(view, 'orderStatus'),
  ...told(view, 'executedQuantity'),
  ...told(view, 'executedQuoteQuantity'),
  ...told(view, 'withdrawalId'),
  ...(view.parts === undefined ? {} : { parts: view.parts.map(settledPart) }),
});

const settledPart = (part: RequestPart): SettledPart => ({
  ...{ clientId: part.clientId, outcome: part.outcome ?? 'unknown' },
  ...told(part, 'orderId'),
  ...told(part, 'orderStatus'),
  ...told(part, 'executedQuantity'),
  ...told(part, 'executedQuoteQuantity'),
});

type Told<V, K extends keyof V> = { [P in K]?: NonNullable<V[P]> };

const told = <V, K extends keyof V>(view: V, key: K): Told<V, K> =>
  view[key] === undefined ? {} : ({ [key]: view[key] } as Told<V, K>);

function refusalOf({ error }: RequestView) {
  if (error === undefined) return siteError('exchange-refused');
  // It was an AppError before it went into the journal.
  return toSiteError(new AppError(error.code as ErrorCode, error.data as ErrorData[ErrorCode]));
}

/** In the words of the exchange, as far as they go: what was asked, and what was found out. */
const factsOf = ({ params, ...view }: RequestView): unknown =>
  isList(params)
    ? params.map((each, index) => partFacts(each, view.parts?.[index]))
    : found(params, view);

/** What is not there never has the exchange's own reason, unless it was refused. */
function partFacts(params: OneParams, part: RequestPart | undefined): unknown {
  if (part?.outcome === 'placed') return { operation: 'Ok', ...found(params, part) };
  const { error } = part ?? {};
  const refusal = v.safeParse(refused, error);
  return { operation: 'Err', ...(refusal.success ? refusal.output.data : NOT_PLACED) };
}

const refused = v.object({ data: v.object({ code: v.string(), message: v.string() }) });
const NOT_PLACED = { code: 'NOT_PLACED', message: 'Buckle did not find it on the exchange' };

const found = (params: OneParams, view: Partial<RequestView>): object => ({
  ...params,
  ...(view.orderId === undefined ? {} : { id: view.orderId }),
  ...(view.withdrawalId === undefined ? {} : { id: view.withdrawalId }),
  ...(view.orderStatus === undefined ? {} : { status: view.orderStatus }),
  ...told(view, 'executedQuantity'),
  ...told(view, 'executedQuoteQuantity'),
});

/** It has failed for certain, and only for want of a code: the person can still give it. */
export function lacksSecondFactor({ outcome, error }: RequestView): boolean {
  if ((outcome !== 'refused' && outcome !== 'notSent') || error === undefined) return false;
  const lack = twoFactorOf(error as WireError);
  return lack === 'needed' || lack === 'wrong';
}
