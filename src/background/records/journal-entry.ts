import { isList, type Params, type RequestParams } from '../../core/canonical.ts';
import type { WireError } from '../../core/errors.ts';
import type { ChangingInstruction } from '../../exchange/instructions/index.ts';
import type { HistoricOrder, Order } from '../../exchange/types.ts';
import type { RequestPart, RequestView } from '../../messaging/requests.ts';
import { partsIn } from './parts.ts';

/**
 * What was accepted, signed and sent, one sealed record a request, on disk before the request leaves.
 * `recorded → sent → answered | refused | unknown → settled`. Never holds codes, signatures or secrets.
 */
export interface JournalEntry {
  id: string;
  account: string;
  /** `buckle`, or the origin of the site that asked. */
  origin: string;
  instruction: ChangingInstruction;
  /** A list for a batch: it is one request, and so one entry. */
  params: RequestParams;
  digest: string;
  /** Who decided, and when (Unix ms). There is no entry without a decision. */
  decision: { by: 'person'; at: number } | { by: 'grant'; grant: string; at: number };
  state: RequestView['state'];
  outcome?: RequestView['outcome'];
  /** Of a batch, what is known of each order. */
  parts?: readonly RequestPart[];
  /** Of an edit's order: its cancel's id. Of that cancel: the order's. */
  replaces?: string;
  replacedBy?: string;
  recordedAt: number;
  /** Of the exchange's clock, as signed. */
  timestamp?: number;
  window?: number;
  settledAt?: number;
  orderId?: string;
  orderStatus?: string;
  executedQuantity?: string;
  executedQuoteQuantity?: string;
  withdrawalId?: string;
  madeId?: string;
  error?: WireError;
  /** The exchange said that it has taken it, and would do it later: however long it is not there, it may still come. */
  taken?: boolean;
  /** Sweeps that found nothing after the request could no longer take effect, and when the last one was (exchange's clock). */
  emptySweeps?: number;
  sweptAt?: number;
  /** What the last such sweep made of each part that it did not find. */
  seemed?: readonly (Seeming | undefined)[];
}

/** What finding nothing comes to. */
export type Seeming = 'absent' | 'unknown';

/** One request: no batch, or one order of it. */
export interface OneEntry extends JournalEntry {
  params: Params;
}

/** The entry as surfaces see it. */
export function viewOf(entry: JournalEntry): RequestView {
  const { digest: _, decision: __, timestamp: ___, window: ____, ...rest } = entry;
  const { emptySweeps: _____, sweptAt: ______, seemed: _______, taken: ________, ...shown } = rest;
  const { params, ...view } = shown;
  const parts = partsIn(entry);
  return {
    ...view,
    params: given(params),
    ...(parts === undefined ? {} : { parts: [...parts] }),
  } as RequestView;
}

/** Without members that are not given. */
export const given = (params: RequestParams): RequestView['params'] => {
  const present = (one: Params) =>
    Object.fromEntries(
      Object.entries(one).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
  return isList(params) ? params.map(present) : present(params);
};

/** What an order's answer tells about the request that made or cancelled it. */
export const orderFacts = (order: Order | HistoricOrder): Partial<JournalEntry> => ({
  orderId: order.id,
  orderStatus: order.status,
  ...(order.executedQuantity ? { executedQuantity: order.executedQuantity } : {}),
  ...(order.executedQuoteQuantity ? { executedQuoteQuantity: order.executedQuoteQuantity } : {}),
});

/** Is it certain that nothing came of it: nothing made, moved or changed? */
export const cameToNothing = (outcome: JournalEntry['outcome']): boolean =>
  outcome !== undefined && NOTHING.has(outcome);
const NOTHING: ReadonlySet<string> = new Set(['refused', 'notSent', 'absent']);
