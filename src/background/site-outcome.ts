import { AppError, type ErrorCode, type ErrorData, type WireError } from '../core/errors.ts';
import { twoFactorOf } from '../exchange/two-factor.ts';
import type { RequestView } from '../messaging/requests.ts';
import type { Settled } from '../messaging/site-contract.ts';
import { siteError, toSiteError } from '../messaging/site-errors.ts';
import type { SiteOutcome } from '../messaging/wire.ts';

const failed = (error: ReturnType<typeof siteError>): SiteOutcome => ({ ok: false, error });

/**
 * What the page is told of a request that was sent for it. `answer` is the exchange's, where it came to this worker; without
 * one, what is known of the order takes its place.
 */
export function outcomeOf(view: RequestView, answer?: unknown): SiteOutcome {
  switch (view.outcome) {
    case 'placed':
    case 'done':
      return { ok: true, value: answer ?? factsOf(view) };
    case 'pending':
      return { ok: true, value: answer ?? null };
    case 'refused':
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
});

type Told<K extends keyof RequestView> = { [P in K]?: NonNullable<RequestView[P]> };

const told = <K extends keyof RequestView>(view: Pick<RequestView, K>, key: K): Told<K> =>
  view[key] === undefined ? {} : ({ [key]: view[key] } as Told<K>);

function refusalOf({ error }: RequestView) {
  if (error === undefined) return siteError('exchange-refused');
  // It was an AppError before it went into the journal.
  return toSiteError(new AppError(error.code as ErrorCode, error.data as ErrorData[ErrorCode]));
}

/** In the words of the exchange, as far as they go: what was asked, and what was found out. */
const factsOf = ({ params, ...view }: RequestView): unknown => ({
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
