import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { RequestView } from '../../../messaging/requests.ts';
import { Notice } from '../../components/Notice.tsx';
import { errorText } from '../../error-text.ts';
import { reasonText } from '../../fate-text.ts';
import { requestSentence } from '../../request-text.ts';
import { fateOf, refusalOf } from '../../state/fate.ts';
import type { Placement } from '../../state/placement.ts';
import { type MessageKey, t } from '../../text.ts';
import { PartList, Parts } from './Parts.tsx';
import { Unknown } from './Unknown.tsx';

/** How each end is told; $1 is the request in one sentence. */
export type SentTexts = Record<'refused' | 'notSent' | 'absent' | 'checking' | 'lost', MessageKey>;

interface ReportProps {
  texts: SentTexts;
  /** How it is told that it was placed. */
  placed: (view: RequestView) => ComponentChildren;
  onClose: () => void;
}

function Known({ view, texts, placed, onClose }: ReportProps & { view: RequestView }) {
  const action = { label: t('dismiss'), onPress: onClose };
  const what = requestSentence(view);
  switch (fateOf(view)) {
    case 'placed':
    case 'done':
      return <>{placed(view)}</>;
    case 'refused':
      return (
        <Notice kind="error" action={action}>
          <p>{t(texts.refused, what)}</p>
          <p>{reasonText(refusalOf(view))}</p>
        </Notice>
      );
    case 'notSent':
      return (
        <Notice kind="error" action={action}>
          {t(texts.notSent, what)}
        </Notice>
      );
    case 'partly':
      return (
        <Notice kind="warn" action={action}>
          <p role="status">{t('noticePartly', what)}</p>
          <PartList view={view} />
        </Notice>
      );
    case 'absent':
      return (
        <Notice kind="warn" action={action}>
          <p role="status">{t(texts.absent, what)}</p>
        </Notice>
      );
    case 'unknown':
      return (
        <Notice kind="warn" action={action}>
          <p role="status">
            <Unknown view={view} />
          </p>
          <Parts view={view} />
        </Notice>
      );
    default:
      return (
        <Notice kind="warn">
          <p role="status">{t(texts.checking, what)}</p>
        </Notice>
      );
  }
}

function Report({ report, ...props }: ReportProps & { report: Placement }) {
  switch (report.kind) {
    case 'known':
      return <Known view={report.view} {...props} />;
    case 'notSent':
      return (
        <Notice kind="error" action={{ label: t('dismiss'), onPress: props.onClose }}>
          <p>{t('nothingWasSent')}</p>
          <p>{errorText(report.error)}</p>
        </Notice>
      );
    case 'lost':
      return <Notice kind="error">{t(props.texts.lost)}</Notice>;
  }
}

/** What became of the request that was confirmed last. It moves on by itself while that is being found out. */
export function SentReport({ report, ...props }: ReportProps & { report: Placement | undefined }) {
  const place = useRef<HTMLDivElement>(null);
  const shown = report !== undefined;
  useEffect(() => {
    if (shown) place.current?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  if (!report) return null;
  return (
    <div ref={place} class="placement">
      <Report report={report} {...props} />
    </div>
  );
}
