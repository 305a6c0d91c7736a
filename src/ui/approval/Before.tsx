import { Notice } from '../components/Notice.tsx';
import type { ApprovalDesk } from '../state/approval-desk.ts';
import { sentence, t } from '../text.ts';

/** What happened to the request before this one, or to this one's page. */
export function Before({ desk }: { desk: ApprovalDesk }) {
  const { done, withdrawn } = desk.approvals;
  const request = done.value?.approval.requests[0];
  return (
    <>
      {request && <Notice kind="success">{t('outcomeDone', sentence(request.phrase))}</Notice>}
      {withdrawn.value && (
        <p class="secondary" role="status">
          {t('approvalWithdrawn')}
        </p>
      )}
    </>
  );
}
