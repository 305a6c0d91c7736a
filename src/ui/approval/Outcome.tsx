import { useEffect, useRef } from 'preact/hooks';
import type { RequestView } from '../../messaging/requests.ts';
import { Button } from '../components/Button.tsx';
import { Notice } from '../components/Notice.tsx';
import { errorText } from '../error-text.ts';
import { reasonText } from '../fate-text.ts';
import { requestSentence, unknownText } from '../request-text.ts';
import { Parts } from '../screens/common/Parts.tsx';
import { Unknown } from '../screens/common/Unknown.tsx';
import type { Stage } from '../state/approvals.ts';
import { type Fate, fateOf, refusalOf } from '../state/fate.ts';
import { t } from '../text.ts';

function words(view: RequestView, fate: Fate): string {
  const what = requestSentence(view);
  switch (fate) {
    case 'placed':
    case 'done':
      return t('outcomeDone', what);
    case 'partly':
      return t('noticePartly', what);
    case 'refused':
      return t('noticeRefused', what, reasonText(refusalOf(view)));
    case 'notSent':
      return t('orderNotSent', what);
    case 'absent':
      return t('noticeAbsent', what);
    case 'pending':
      return t('noticePending', what);
    case 'unknown':
      return unknownText(view);
    case 'sending':
    case 'checking':
      return t('noticeChecking', what);
  }
}

const KINDS = {
  placed: 'success',
  partly: 'warn',
  done: 'success',
  refused: 'error',
  notSent: 'error',
  absent: 'warn',
  pending: 'info',
  unknown: 'warn',
  sending: 'info',
  checking: 'info',
} as const satisfies Record<Fate, string>;

interface OutcomeProps {
  stage: Extract<Stage, { status: 'told' | 'lost' }>;
  onClose: () => void;
}

/** What became of an approved request, where that is not simply that it was done. It moves on by itself while it is being found out. */
export function Outcome({ stage, onClose }: OutcomeProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { view, unsaved } = stage.status === 'told' ? stage : {};
  const fate = view && fateOf(view);
  return (
    <main class="approval">
      <div class="approval-body">
        <h1 ref={heading} tabIndex={-1}>
          {t(fate === 'refused' ? 'outcomeRefusedTitle' : 'outcomeTitle')}
        </h1>
        {stage.status === 'lost' && <Notice kind="error">{t('outcomeLost')}</Notice>}
        {view && fate && (
          <>
            <Notice kind={KINDS[fate]}>
              <span role="status">
                {fate === 'unknown' ? <Unknown view={view} /> : words(view, fate)}
              </span>
              <Parts view={view} />
            </Notice>
            <p class="secondary">{t('outcomeActivity')}</p>
          </>
        )}
        {unsaved && (
          <Notice kind="warn">
            <p>{t('outcomeUnsaved')}</p>
            <p>{errorText(unsaved)}</p>
          </Notice>
        )}
      </div>
      <div class="approval-foot">
        <div class="approval-actions">
          <Button kind="primary" onPress={onClose}>
            {t('close')}
          </Button>
        </div>
      </div>
    </main>
  );
}
