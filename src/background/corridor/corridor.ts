import { AppError, isAppError } from '../../core/errors.ts';
import { twoFactorOf } from '../../exchange/two-factor.ts';
import type { RequestView } from '../../messaging/requests.ts';
import type { Caller } from '../../policy/decide.ts';
import { type JournalEntry, viewOf } from '../records/journal-entry.ts';
import {
  type AdmissionDependencies,
  type By,
  type Confirmed,
  createAdmission,
  type MustAsk,
  originOf,
} from './admission.ts';
import { type ClientIdDependencies, createClientIds } from './client-ids.ts';
import { createDispatch, type DispatchDependencies } from './dispatch.ts';
import { createEdit, type Edit } from './edit.ts';
import type { Confirmation } from './password-check.ts';
import { createPrepare, type Prepare, type PrepareDependencies } from './prepare.ts';

export type CorridorDependencies = Omit<
  AdmissionDependencies & DispatchDependencies & ClientIdDependencies & PrepareDependencies,
  'clientIds'
> & { sleep: (ms: number) => Promise<void> };

/** What became of a request, and the exchange's decoded answer where this very call got one. */
export interface Sent {
  verdict: 'sent';
  view: RequestView;
  answer?: unknown;
}

export interface Corridor {
  prepare: Prepare;
  /** Is this request being sent by this very worker? Then it is nobody else's to settle. */
  isUnderWay(id: string): boolean;
  /** Is this worker sending anything? */
  isBusy(): boolean;
  /**
   * decide → ask → journal → stamp and sign → send → settle. One id is one request, however often it is asked. By a person:
   * who confirmed it in one of Buckle's own pages. By a grant: if there is one for it, else a person must be asked.
   */
  pass(caller: Caller, confirmed: Confirmed, by: By): Promise<Sent | MustAsk>;
  /** The same for what a person confirmed: what is known of it. */
  send(caller: Caller, confirmed: Confirmed): Promise<RequestView>;
  /** A cancel and the order that takes its order's place, both confirmed by a person in one of Buckle's own pages. */
  edit: Edit;
}

/**
 * The one way of everything that changes something, for a person and a site alike. Nothing is signed before its decision is
 * on disk, nothing leaves before the journal says so, and nothing that left is ever sent again.
 */
export function createCorridor(deps: CorridorDependencies): Corridor {
  const { journal } = deps;
  const clientIds = createClientIds(deps);
  const dispatch = createDispatch(deps);
  const admission = createAdmission({ ...deps, clientIds });
  const underWay = new Map<string, { owner: string; sending: Promise<Sent | MustAsk> }>();
  /** What this worker itself has recorded and not seen the end of. What it was only asked for again is not in here. */
  const own = new Set<string>();
  const editing = new Set<unknown>();
  const edit = createEdit({
    ...deps,
    ...{ admission, dispatch, own },
    find: (id) => journal.find(id).catch(unreadable),
  });

  /** Refused for want of a second factor: the very same request may come again, and the password need not. */
  const keepConfirmation = async (
    { error }: JournalEntry,
    confirmation: Confirmation | undefined,
  ): Promise<void> => {
    if (confirmation === undefined) return;
    if (error && twoFactorOf(error)) await deps.passwords.remember(confirmation);
    else await deps.passwords.forget(confirmation.digest);
  };

  const pass = async (caller: Caller, confirmed: Confirmed, by: By): Promise<Sent | MustAsk> => {
    const { id, account } = confirmed;
    const origin = originOf(caller);
    const known = await journal.find(id).catch(unreadable);
    if (known !== undefined) return sent(ownEntry(known, origin, account));

    const admitted = await admission.admit(caller, confirmed, by);
    if ('verdict' in admitted) return admitted;
    const { entry, request, identity, confirmation, twoFactor } = admitted;
    own.add(id);
    try {
      if (await admission.record(entry)) {
        const asker = caller.zone === 'wallet' ? 'wallet' : 'site';
        let answer: unknown;
        const answered = (decoded: unknown): void => {
          answer = decoded;
        };
        const ended = await dispatch(entry, { request, identity, asker, answered }, twoFactor);
        // Only a convenience: that it fails says nothing about the request.
        await keepConfirmation(ended, confirmation).catch(() => undefined);
        return { ...sent(ended), ...(answer === undefined ? {} : { answer }) };
      }
    } finally {
      own.delete(id);
    }
    const other = await journal.find(id).catch(unreadable);
    if (other === undefined) throw new AppError('INTERNAL', undefined);
    return sent(ownEntry(other, origin, account));
  };

  const once: Corridor['pass'] = async (caller, confirmed, by) => {
    const owner = `${originOf(caller)} ${confirmed.account}`;
    const same = underWay.get(confirmed.id);
    if (same !== undefined) {
      if (same.owner !== owner) throw new AppError('UNAUTHORIZED', undefined);
      const done = await same.sending;
      // It was still being weighed without a person, who has confirmed it meanwhile.
      return done.verdict === 'ask' && by === 'person' ? once(caller, confirmed, by) : done;
    }
    const sending = pass(caller, confirmed, by).finally(() => underWay.delete(confirmed.id));
    underWay.set(confirmed.id, { owner, sending });
    return sending;
  };

  return {
    isUnderWay: (id) => own.has(id),
    isBusy: () => underWay.size + editing.size > 0,
    prepare: createPrepare({ ...deps, clientIds }),
    pass: once,
    async send(caller, confirmed) {
      const done = await once(caller, confirmed, 'person');
      if (done.verdict === 'ask') throw new AppError('INTERNAL', undefined);
      return done.view;
    },
    async edit(confirmed) {
      editing.add(confirmed);
      try {
        return await edit(confirmed);
      } finally {
        editing.delete(confirmed);
      }
    },
  };
}

const sent = (entry: JournalEntry): Sent => ({ verdict: 'sent', view: viewOf(entry) });

/** Nobody can say what became of it, so no error may sound as if it had not been sent. */
function unreadable(error: unknown): never {
  throw isAppError(error, 'VAULT_DAMAGED') ? new AppError('INTERNAL', undefined) : error;
}

/** An id is known to whoever chose it; nobody else is told what became of it. @throws UNAUTHORIZED */
function ownEntry(entry: JournalEntry, origin: string, account: string): JournalEntry {
  if (entry.origin === origin && entry.account === account) return entry;
  throw new AppError('UNAUTHORIZED', undefined);
}
