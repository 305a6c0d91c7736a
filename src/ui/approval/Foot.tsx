import type { ComponentChildren } from 'preact';
import { Button } from '../components/Button.tsx';
import { Freshness } from '../components/Freshness.tsx';
import type { ApprovalDesk } from '../state/approval-desk.ts';
import { t } from '../text.ts';

interface FootProps {
  desk: ApprovalDesk;
  /** The button that approves. */
  children: ComponentChildren;
}

/** What can be decided, always in sight: one request, or the whole queue. */
export function Foot({ desk, children }: FootProps) {
  const { approvals, surroundings } = desk;
  const { index, count } = approvals.position.value;
  const stage = approvals.stage.value;
  const busy = stage.status === 'deciding';
  const freshness = surroundings.freshness.value;
  return (
    <div class="approval-foot">
      {(count > 1 || freshness) && (
        <div class="approval-queue">
          {count > 1 && (
            <>
              <Button
                icon="back"
                iconOnly
                small
                title={t('previousRequest')}
                disabled={busy}
                onPress={() => approvals.step(-1)}
              >
                {t('previousRequest')}
              </Button>
              <span role="status">{t('queuePosition', index, count)}</span>
              <Button
                icon="next"
                iconOnly
                small
                title={t('nextRequest')}
                disabled={busy}
                onPress={() => approvals.step(1)}
              >
                {t('nextRequest')}
              </Button>
              <Button small disabled={busy} onPress={() => void approvals.rejectAll()}>
                {t('rejectAll')}
              </Button>
            </>
          )}
          {freshness && <Freshness freshness={freshness} />}
        </div>
      )}
      <div class="approval-actions">
        <Button
          busy={busy && stage.decision === 'reject'}
          disabled={busy && stage.decision === 'approve'}
          onPress={() => void approvals.reject()}
        >
          {t('reject')}
        </Button>
        {children}
      </div>
    </div>
  );
}
