import { type Approvals, type ApprovalsDependencies, createApprovals } from './pages/approvals.ts';
import { createDelivery, type Delivery, type DeliveryBrowser } from './pages/delivery.ts';
import { createSiteLimits } from './pages/site-limits.ts';
import type { TicketArea } from './pages/ticket-area.ts';
import { createTickets, type Tickets } from './pages/tickets.ts';
import type { Journal } from './records/journal.ts';
import { viewOf } from './records/journal-entry.ts';

export interface TicketServicesDependencies
  extends Omit<ApprovalsDependencies, 'tickets' | 'limits' | 'find' | keyof Delivery> {
  browser: DeliveryBrowser;
  area: TicketArea;
  journal: Pick<Journal, 'find'>;
}

/** What waits for a person, must not be done twice or must not get lost. A part of its own: most pages only read. */
export interface TicketServices {
  tickets: Tickets;
  approvals: Approvals;
}

export function createTicketServices(deps: TicketServicesDependencies): TicketServices {
  const { browser, area, journal, now, sleep } = deps;
  const tickets = createTickets(area);
  const approvals = createApprovals({
    ...deps,
    ...createDelivery({ tabs: browser.tabs, sleep }),
    ...{ tickets, limits: createSiteLimits(now) },
    find: async (id) => {
      const entry = await journal.find(id);
      return entry && viewOf(entry);
    },
  });
  return { tickets, approvals };
}
