import { Notice } from '../components/Notice.tsx';
import type { ApprovalDesk } from '../state/approval-desk.ts';
import { sentence, t } from '../text.ts';

/** What happened to the request before this one, or to this one's page. */
export function Before({ desk }: { desk: ApprovalDesk }) {
  const { done, withdrawn } = desk.approvals;
  const { approval, fate } = done.value ?? {};
  const request = approval?.requests[0];
  return (
    <>
      {request && (
        // What was handed out signed is not done yet: the site has still to send it.
        <Notice kind="success">
          {t(fate ? 'outcomeDone' : 'outcomeApproved', sentence(request.phrase))}
        </Notice>
      )}
      {withdrawn.value && (
        <p class="secondary" role="status">
          {t('approvalWithdrawn')}
        </p>
      )}
    </>
  );
}
