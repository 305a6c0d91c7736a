import type { WalletHandlers } from '../../messaging/contract.ts';
import type { Approvals } from './approvals.ts';

export type ApprovalServices = Pick<Approvals, 'list' | 'approve' | 'reject' | 'rejectAll'>;

/** What a person decides on the approval page. */
export function createApprovalHandlers(approvals: ApprovalServices) {
  return {
    'approvals.list': () => approvals.list(),
    'approvals.approve': ({ ticket, digest, ...given }) => approvals.approve(ticket, digest, given),
    'approvals.reject': async ({ ticket }) => {
      await approvals.reject(ticket);
      return {};
    },
    'approvals.rejectAll': async ({ origin }) => {
      await approvals.rejectAll(origin);
      return {};
    },
  } satisfies Partial<WalletHandlers>;
}
