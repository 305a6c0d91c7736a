import { isAppError, toWireError } from '../../core/errors.ts';
import {
  contentOf,
  isCertainRefusal,
  isExpired,
  type RawAnswer,
  refusal,
} from '../../exchange/answer.ts';
import type { Exchange, Identity, Stamped } from '../../exchange/client.ts';
import type { Asker } from '../../exchange/rate.ts';
import type { TwoFactor } from '../../messaging/requests.ts';
import { maskedRefusal } from '../network/masking.ts';
import type { Journal } from '../records/journal.ts';
import type { JournalEntry } from '../records/journal-entry.ts';
import { answerOf, type ChangingRequest } from './request.ts';
import { tokenFor } from './second-factor.ts';
import { verdictOf } from './verdict.ts';

export interface DispatchDependencies {
  journal: Journal;
  exchange: Exchange;
  /** Validity of a request in ms. */
  window: () => Promise<number>;
  /** An outcome is missing: somebody must find it out. Resolves once that was done, or cannot go on for now. */
  lost: (entry: JournalEntry) => Promise<void>;
}

/** A request as this worker holds it while it is on its way. */
interface Passage {
  request: ChangingRequest;
  identity: Identity;
  asker: Asker;
  /** Is told the decoded answer, if there is one that speaks of the request. It is kept nowhere. */
  answered: (answer: unknown) => void;
  /** What goes along as `twoFactorToken`. In memory only: never in the journal, a view, an error or a log. */
  token?: string;
}

/**
 * Sends a request that is recorded, once, and yields its entry as far as the answer tells. With a second factor, the token
 * for it is asked for first.
 */
export type Dispatch = (
  recorded: JournalEntry,
  passage: Passage,
  twoFactor: TwoFactor | undefined,
) => Promise<JournalEntry>;

/** The last part of the corridor: stamp and sign → send → settle. */
export function createDispatch({
  journal,
  exchange,
  window,
  lost,
}: DispatchDependencies): Dispatch {
  const unknown = (entry: JournalEntry): JournalEntry => {
    void lost(entry);
    return entry;
  };

  /** From `sent` to its end, as far as the answer tells. */
  const judge = async (
    sent: JournalEntry,
    { request, answered }: Passage,
    raw: RawAnswer,
  ): Promise<JournalEntry> => {
    const verdict = verdictOf(request, raw);
    const written = await journal.put({ ...sent, ...verdict });
    if (verdict.state === 'answered') answered(contentOf(raw, answerOf(request)));
    return verdict.state === 'unknown' || verdict.outcome === 'pending'
      ? unknown(written)
      : journal.settle(written);
  };

  /** Everything up to the moment of leaving. If it fails, the request is certain not to have left. */
  const stampAndWrite = async (
    recorded: JournalEntry,
    { request, identity, asker, token }: Passage,
  ): Promise<{ stamped: Stamped; sent: JournalEntry }> => {
    try {
      const validity = await window();
      const params =
        token === undefined ? request.params : { ...request.params, twoFactorToken: token };
      const stamped = await exchange.stamp(
        identity,
        { ...request, params, window: validity },
        asker,
      );
      const { timestamp } = stamped;
      return {
        stamped,
        sent: await journal.put({ ...recorded, state: 'sent', timestamp, window: validity }),
      };
    } catch (error) {
      // If this cannot be written either, whoever finds the entry at the next unlock comes to the same end.
      await journal.settle({ ...recorded, outcome: 'notSent' }).catch(() => undefined);
      throw error;
    }
  };

  /** Sends what is stamped, once. `expired`: refused for certain, for its age alone. */
  const transmit = async (
    sent: JournalEntry,
    passage: Passage,
    stamped: Stamped,
  ): Promise<JournalEntry | 'expired'> => {
    try {
      const { token } = passage;
      const secrets = token === undefined ? [] : [token];
      const raw = maskedRefusal(await exchange.transmit(stamped), secrets);
      if (isCertainRefusal(raw) && isExpired(refusal(raw))) return 'expired';
      return await judge(sent, passage, raw);
    } catch (error) {
      // From here on no failure may look as if nothing had been sent: a cut connection, a lock, a full disk.
      const end: JournalEntry = { ...sent, state: 'unknown' };
      if (isAppError(error, 'NETWORK')) await journal.put(end).catch(() => undefined);
      return unknown(end);
    }
  };

  const stampAndSend = async (recorded: JournalEntry, passage: Passage): Promise<JournalEntry> => {
    const first = await stampAndWrite(recorded, passage);
    const end = await transmit(first.sent, passage, first.stamped);
    if (end !== 'expired') return end;
    // Stamped anew, once. This resends nothing that took effect.
    const offsetMs = await exchange.clock.refresh();
    const second = await stampAndWrite(recorded, passage);
    const last = await transmit(second.sent, passage, second.stamped);
    if (last !== 'expired') return last;
    const error = { code: 'CLOCK_SKEW', data: { offsetMs } } as const;
    return journal.settle(
      await journal.put({ ...second.sent, state: 'refused', outcome: 'refused', error }),
    );
  };

  return async (recorded, passage, twoFactor) => {
    if (twoFactor === undefined) return stampAndSend(recorded, passage);
    let token: string;
    try {
      token = await tokenFor(exchange, passage.identity, await window(), twoFactor);
    } catch (thrown) {
      const error = toWireError(thrown);
      const ended = await journal.settle({ ...recorded, outcome: 'notSent', error });
      // The exchange's own words about a code are an end like any other of its words.
      if (error.code === 'EXCHANGE') return ended;
      throw thrown;
    }
    return stampAndSend(recorded, { ...passage, token });
  };
}
