import { API } from '../../exchange/client.ts';

type HeaderChange =
  | { header: string; operation: 'remove' }
  | { header: string; operation: 'set'; value: string };

interface HeaderRule {
  id: number;
  priority: number;
  action: { type: 'modifyHeaders'; requestHeaders: HeaderChange[] };
  condition: { requestDomains: string[]; tabIds: number[] };
}

/** The part of the browser that edits request headers. */
export interface HeaderRules {
  declarativeNetRequest: {
    updateSessionRules(options: { removeRuleIds: number[]; addRules: HeaderRule[] }): Promise<void>;
  };
}

const RULE_ID = 1;
/** Requests that belong to no tab: the background's own. */
const NO_TAB = -1;

/**
 * Sets two headers of the background's requests to the exchange; those of web pages stay as they are.
 * `Origin` is taken off: it names this very installation, which is nobody's business.
 * `Connection: close`, because a browser that loses a kept connection before any answer sends the request once more by
 * itself, an order too; on a connection of its own it does not. HTTP/2 knows no such header:.
 * @see RFC 9112 section 9.3.1, which allows that for idempotent methods only; browsers do it for every method
 */
export const setRequestHeaders = ({ declarativeNetRequest }: HeaderRules): Promise<void> =>
  declarativeNetRequest.updateSessionRules({
    removeRuleIds: [RULE_ID],
    addRules: [
      {
        id: RULE_ID,
        priority: 1,
        action: {
          type: 'modifyHeaders',
          requestHeaders: [
            { header: 'origin', operation: 'remove' },
            { header: 'connection', operation: 'set', value: 'close' },
          ],
        },
        condition: { requestDomains: [new URL(API).hostname], tabIds: [NO_TAB] },
      },
    ],
  });
