/** `storage.session`: in memory, closed to content scripts, emptied by an update and with the browser. */
export interface TicketArea {
  all(): Promise<Record<string, unknown>>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

/** How the keys of tickets begin. */
export const TICKET = 'ticket/';

/** Did an earlier worker leave any? */
export const hasTickets = async (area: Pick<TicketArea, 'all'>): Promise<boolean> =>
  Object.keys(await area.all()).some((key) => key.startsWith(TICKET));
