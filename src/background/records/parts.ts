import { isList, type RequestParams } from '../../core/canonical.ts';
import type { RequestPart, RequestView } from '../../messaging/requests.ts';

// What became of a batch, order by order.

interface Whole {
  params: RequestParams;
  outcome?: RequestView['outcome'];
  parts?: readonly RequestPart[];
}
type PartOutcome = NonNullable<RequestPart['outcome']>;

/** Ends of a batch that are each order's as well. */
const SHARED: readonly PartOutcome[] = ['refused', 'absent', 'notSent', 'unknown'];

/** What is known of each order of a batch, in its order; `undefined` for what is none. */
export function partsIn({ params, outcome, parts }: Whole): readonly RequestPart[] | undefined {
  if (!isList(params)) return undefined;
  const shared = SHARED.find((each) => each === outcome);
  const ended = shared === undefined ? {} : { outcome: shared };
  return parts ?? params.map(({ clientId }) => ({ clientId: Number(clientId), ...ended }));
}

/** How the whole ended; `undefined` while that is not known of each part. */
export function wholeOf(parts: readonly RequestPart[]): PartOutcome | 'partly' | undefined {
  const outcomes = new Set(parts.map(({ outcome }) => outcome));
  if (outcomes.has(undefined)) return undefined;
  if (outcomes.has('unknown')) return 'unknown';
  const [only, ...more] = outcomes;
  if (more.length === 0) return only;
  // Refused or absent: in either case certain not to be there.
  return outcomes.has('placed') ? 'partly' : 'absent';
}

/** The exchange's ids of the orders that it is known to have made. */
export const madeIn = ({ parts = [] }: Pick<Whole, 'parts'>): readonly string[] =>
  parts.flatMap(({ orderId }) => orderId ?? []);
