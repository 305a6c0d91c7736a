import { isList } from '../../core/canonical.ts';
import { compare, isDecimal } from '../../core/decimal.ts';
import { AppError, invalid, type NotReplaced, within } from '../../core/errors.ts';
import type { RequestView } from '../../messaging/requests.ts';
import { isOver } from '../outcome/orders.ts';
import type { Journal } from '../records/journal.ts';
import { type JournalEntry, viewOf } from '../records/journal-entry.ts';
import type { Admission, Admitted, Confirmed } from './admission.ts';
import type { Dispatch, DispatchDependencies } from './dispatch.ts';

type Half = Pick<Confirmed, 'id' | 'digest' | 'params'>;

/** What a person confirmed: both requests, by their digests, and how much of the old order was executed as they saw it. */
export interface ConfirmedEdit {
  account: string;
  cancel: Half;
  order: Half;
  executed: string;
}

/** What became of the two, each told apart. */
export interface Edited {
  cancel: RequestView;
  order: RequestView;
}

export type Edit = (confirmed: ConfirmedEdit) => Promise<Edited>;

export interface EditDependencies {
  admission: Admission;
  dispatch: Dispatch;
  journal: Pick<Journal, 'settle'>;
  /** @throws INTERNAL if it is there and does not open */
  find: Journal['find'];
  /** What this worker has recorded and not seen the end of. */
  own: Set<string>;
  lost: DispatchDependencies['lost'];
  sleep: (ms: number) => Promise<void>;
}

/** Longer than this nobody waits for the cancel: what was confirmed was meant for now. */
const PATIENCE_MS = 60_000;

const CALLER = { zone: 'wallet' } as const;
const ORIGIN = 'buckle';

/**
 * The exchange cannot change an order. So the old one is cancelled and a new one placed, with both written down before either
 * leaves. Between the two stands certainty: the new one leaves only if the old one is gone, and no more of it was executed than
 * the person saw. It is held in this worker's memory alone, so one that is stopped in between never sends it.
 */
export function createEdit(deps: EditDependencies): Edit {
  const { admission, dispatch, find, own } = deps;
  const underWay = new Map<string, { account: string; editing: Promise<Edited> }>();

  /** Both as they stand, if they were written down. @throws INVALID_INPUT, UNAUTHORIZED if the ids are something else's */
  const known = async ({ account, cancel, order }: ConfirmedEdit): Promise<Edited | undefined> => {
    const [old, fresh] = [await find(cancel.id), await find(order.id)];
    if (old === undefined && fresh === undefined) return undefined;
    for (const entry of [old, fresh]) {
      const isForeign = entry && (entry.account !== account || entry.origin !== ORIGIN);
      if (isForeign) throw new AppError('UNAUTHORIZED', undefined);
    }
    if (old?.replacedBy !== order.id || fresh?.replaces !== cancel.id) {
      throw invalid('order.id', 'conflict');
    }
    return { cancel: viewOf(old), order: viewOf(fresh) };
  };

  const admitted = async (account: string, half: Half, instruction: string): Promise<Admitted> => {
    const { id, digest, params } = half;
    const found = await admission.admit(
      CALLER,
      { id, account, instruction, params, digest },
      'person',
    );
    if ('verdict' in found) throw new AppError('INTERNAL', undefined);
    return found;
  };

  /** From here on nothing may look as if nothing had been sent. */
  const leave = (entry: JournalEntry, { request, identity }: Admitted): Promise<JournalEntry> =>
    dispatch(entry, { request, identity, asker: 'wallet', answered: () => undefined }, undefined);

  const notSent = (entry: JournalEntry, reason: NotReplaced): Promise<JournalEntry> => {
    const error = { code: 'NOT_REPLACED', data: { reason } } as const;
    // If this cannot be written, whoever finds the entry at the next unlock comes to the same end.
    return deps.journal.settle({ ...entry, outcome: 'notSent', error }).catch(() => entry);
  };

  /** How the cancel ended, once that is certain or nobody waits any longer. */
  const ended = async (cancel: JournalEntry): Promise<JournalEntry> => {
    if (cancel.state === 'settled') return cancel;
    await Promise.race([deps.lost(cancel), deps.sleep(PATIENCE_MS)]);
    return (await find(cancel.id).catch(() => undefined)) ?? cancel;
  };

  const replace = async (old: Admitted, fresh: Admitted, executed: string): Promise<Edited> => {
    const { entry: order } = fresh;
    let cancel: JournalEntry;
    try {
      cancel = await leave(old.entry, old);
    } catch (error) {
      // It did not even leave.
      await notSent(order, 'not-cancelled');
      throw error;
    }
    cancel = await ended(cancel);
    const reason = whyNot(cancel, executed);
    if (reason !== undefined) {
      return { cancel: viewOf(cancel), order: viewOf(await notSent(order, reason)) };
    }
    // Signed by the session in which it was confirmed: a lock in between, even if it was opened again, keeps it from leaving.
    const end = await leave(order, fresh).catch(
      async () => (await find(order.id).catch(() => undefined)) ?? order,
    );
    return { cancel: viewOf(cancel), order: viewOf(end) };
  };

  const edit = async (confirmed: ConfirmedEdit): Promise<Edited> => {
    const before = await known(confirmed);
    if (before !== undefined) return before;
    const { account, executed } = confirmed;
    if (!isDecimal(executed)) throw invalid('executed', 'number-format');
    const old = await admitted(account, confirmed.cancel, 'orderCancel').catch(within('cancel'));
    const fresh = await admitted(account, confirmed.order, 'orderExecute');
    assertOneEdit(old, fresh);
    const [cancelId, orderId] = [old.entry.id, fresh.entry.id];
    const [cancel, order] = [
      { ...old, entry: { ...old.entry, replacedBy: orderId } },
      { ...fresh, entry: { ...fresh.entry, replaces: cancelId } },
    ];
    for (const id of [cancelId, orderId]) own.add(id);
    try {
      if (await admission.record(cancel.entry, order.entry)) {
        return await replace(cancel, order, executed);
      }
    } finally {
      for (const id of [cancelId, orderId]) own.delete(id);
    }
    const other = await known(confirmed);
    if (other === undefined) throw new AppError('INTERNAL', undefined);
    return other;
  };

  return (confirmed) => {
    const { account } = confirmed;
    const key = `${confirmed.cancel.id} ${confirmed.order.id}`;
    const same = underWay.get(key);
    if (same !== undefined) {
      if (same.account !== account) throw new AppError('UNAUTHORIZED', undefined);
      return same.editing;
    }
    const editing = edit(confirmed).finally(() => underWay.delete(key));
    underWay.set(key, { account, editing });
    return editing;
  };
}

/** @throws INVALID_INPUT unless one known order of a market is to give way to one order in it. */
function assertOneEdit({ request: cancel, entry }: Admitted, fresh: Admitted): void {
  const [old, order] = [cancel.params, fresh.request.params];
  if (entry.id === fresh.entry.id) throw invalid('order.id', 'conflict');
  if (isList(old) || old.orderId === undefined) throw invalid('cancel.orderId', 'required');
  if (isList(order) || order.symbol !== old.symbol) throw invalid('symbol', 'conflict');
}

/** Why the new order must not leave; `undefined`: the old one is gone, and was executed as far as was seen. */
function whyNot(cancel: JournalEntry, executed: string): NotReplaced | undefined {
  const { state, outcome, orderStatus = '', executedQuantity } = cancel;
  if (state !== 'settled') return 'unknown';
  switch (outcome) {
    case 'done':
      if (!isOver(orderStatus) || executedQuantity === undefined) return 'unknown';
      if (!isDecimal(executedQuantity) || !isDecimal(executed)) return 'unknown';
      return compare(executedQuantity, executed) === 0 ? undefined : 'executed';
    case 'absent':
      return orderStatus === 'Filled' ? 'filled' : 'not-cancelled';
    case 'refused':
    case 'notSent':
      return 'not-cancelled';
    default:
      return 'unknown';
  }
}
