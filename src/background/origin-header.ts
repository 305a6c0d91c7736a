import { API } from '../exchange/client.ts';

interface HeaderRule {
  id: number;
  priority: number;
  action: { type: 'modifyHeaders'; requestHeaders: { header: string; operation: 'remove' }[] };
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
 * Takes the `Origin` header off the background's requests to the exchange: it names this very installation, which is
 * nobody's business. Requests of web pages keep theirs.
 */
export const hideInstallation = ({ declarativeNetRequest }: HeaderRules): Promise<void> =>
  declarativeNetRequest.updateSessionRules({
    removeRuleIds: [RULE_ID],
    addRules: [
      {
        id: RULE_ID,
        priority: 1,
        action: {
          type: 'modifyHeaders',
          requestHeaders: [{ header: 'origin', operation: 'remove' }],
        },
        condition: { requestDomains: [new URL(API).hostname], tabIds: [NO_TAB] },
      },
    ],
  });
