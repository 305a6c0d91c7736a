import type { Settled } from '../../messaging/site-contract.ts';
import {
  SITE_ANSWER_CHANNEL,
  SITE_EVENT_CHANNEL,
  SITE_PING_CHANNEL,
  type SiteAnswer,
  type SiteEventMessage,
  type SiteOutcome,
} from '../../messaging/wire.ts';
import type { SiteTab } from '../sites/site-tabs.ts';
import type { Ticket } from './tickets.ts';

/** The part of the browser that speaks to pages. */
export interface DeliveryBrowser {
  tabs: {
    get(tab: number): Promise<SiteTab>;
    sendMessage(
      tab: number,
      message: SiteAnswer | SiteEventMessage | { channel: typeof SITE_PING_CHANNEL },
      to: { documentId: string } | { frameId: 0 },
    ): Promise<unknown>;
  };
}

export interface Delivery {
  /** `true`: the bridge has it. */
  push(ticket: Ticket, reply: SiteOutcome): Promise<boolean>;
  /** Says that it may leave from now on. `true`: its page knows. */
  tellDecided(ticket: Ticket): Promise<boolean>;
  tellSettled(ticket: Ticket, settled: Settled): Promise<void>;
  /** Does the document that asked still show? */
  isThere(ticket: Ticket): Promise<boolean>;
}

const PATIENCE_MS = 3_000;
/** Nobody is there to hear it, as the browsers put it. Any other failure says only that nobody answered. */
const GONE = /Receiving end does not exist|No tab with id|Invalid tab ID|elsewhere/i;

/** Answers reach the very document that asked, whichever worker is awake by then. */
export function createDelivery({
  tabs,
  sleep,
}: DeliveryBrowser & { sleep: (ms: number) => Promise<void> }): Delivery {
  /** A document that the browser has frozen hears later, and nobody waits for that. */
  const send = (
    ticket: Ticket,
    message: Parameters<DeliveryBrowser['tabs']['sendMessage']>[1],
  ): Promise<unknown> => Promise.race([reach(ticket, message), sleep(PATIENCE_MS)]);
  const reach = async (
    { tab, document, origin }: Ticket,
    message: Parameters<DeliveryBrowser['tabs']['sendMessage']>[1],
  ): Promise<unknown> => {
    if (document !== undefined) return tabs.sendMessage(tab, message, { documentId: document });
    // Firefox before 153 names no documents: at least it must be the same site.
    const { url = '' } = await tabs.get(tab);
    if (!URL.canParse(url) || new URL(url).origin !== origin) throw new Error('elsewhere');
    return tabs.sendMessage(tab, message, { frameId: 0 });
  };
  const isTaken = async (ticket: Ticket, message: SiteAnswer): Promise<boolean> => {
    try {
      return (await send(ticket, message)) === true;
    } catch {
      // An answer is kept, and the bridge asks for it, if there still is one.
      return false;
    }
  };
  return {
    push: (ticket, reply) =>
      isTaken(ticket, { channel: SITE_ANSWER_CHANNEL, id: ticket.call, reply }),
    tellDecided: (ticket) => {
      const turn = ticket.turn + 1;
      return isTaken(ticket, { channel: SITE_ANSWER_CHANNEL, id: ticket.call, turn });
    },
    async tellSettled(ticket, data) {
      const { origin } = ticket;
      await send(ticket, { channel: SITE_EVENT_CHANNEL, origin, name: 'settled', data }).catch(
        () => undefined,
      );
    },
    async isThere(ticket) {
      try {
        await send(ticket, { channel: SITE_PING_CHANNEL });
        return true;
      } catch (error) {
        return !(error instanceof Error && GONE.test(error.message));
      }
    },
  };
}
