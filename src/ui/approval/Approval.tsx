import { Button } from '../components/Button.tsx';
import { Notice } from '../components/Notice.tsx';
import { Screen } from '../components/Screen.tsx';
import { Skeleton } from '../components/Skeleton.tsx';
import { useTouch } from '../components/use-touch.ts';
import { errorText } from '../error-text.ts';
import { LoadFailure } from '../screens/common/LoadFailure.tsx';
import { UnlockForm } from '../screens/Unlock/Unlock.tsx';
import type { ApprovalDesk } from '../state/approval-desk.ts';
import { t } from '../text.ts';
import { Decision } from './Decision.tsx';
import { Outcome } from './Outcome.tsx';

/** Where a person answers what web pages ask. */
export function Approval({ desk }: { desk: ApprovalDesk }) {
  const state = desk.session.state.value;
  useTouch(desk.session.touch);
  if (desk.framed) {
    return (
      <Screen title={t('approvalTitle')}>
        <Notice kind="error">{t('approvalFramed')}</Notice>
      </Screen>
    );
  }
  switch (state.status) {
    case 'opening':
      return <main class="screen" aria-busy="true" />;
    case 'failed':
      return (
        <Screen title={t('approvalTitle')}>
          <Notice
            kind="error"
            action={{ label: t('tryAgain'), onPress: () => void desk.session.open() }}
          >
            {errorText(state.error)}
          </Notice>
        </Screen>
      );
    case 'locked':
      return (
        <Screen title={t('lockedTitle')}>
          <p>{t('approvalUnlock')}</p>
          <UnlockForm session={desk.session} />
        </Screen>
      );
    case 'empty':
    case 'damaged':
      return (
        <Screen title={t('approvalTitle')}>
          <Notice kind="error">
            {t(state.status === 'empty' ? 'errorEmpty' : 'errorVaultDamaged')}
          </Notice>
          <Button onPress={desk.close}>{t('close')}</Button>
        </Screen>
      );
    case 'unlocked':
      return <Queue desk={desk} />;
  }
}

function Queue({ desk }: { desk: ApprovalDesk }) {
  const { approvals } = desk;
  const stage = approvals.stage.value;
  const shown = approvals.shown.value;
  const remote = approvals.remote.value;
  if (stage.status === 'told' || stage.status === 'lost') {
    return <Outcome key={shown?.ticket} stage={stage} onClose={approvals.acknowledge} />;
  }
  if (shown) return <Decision key={shown.ticket} desk={desk} approval={shown} />;
  return (
    <Screen title={t('approvalTitle')}>
      <LoadFailure remote={remote} onRetry={() => void approvals.refresh()} />
      {remote.status === 'ready' && (
        <>
          <p>{t('approvalNothing')}</p>
          <Button onPress={desk.close}>{t('close')}</Button>
        </>
      )}
      {remote.status === 'loading' && <Skeleton wide />}
    </Screen>
  );
}
