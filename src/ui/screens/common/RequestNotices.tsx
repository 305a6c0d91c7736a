import type { RequestView } from '../../../messaging/requests.ts';
import { Notice } from '../../components/Notice.tsx';
import { reasonText } from '../../fate-text.ts';
import { requestSentence } from '../../request-text.ts';
import { fateOf, isOpen, refusalOf } from '../../state/fate.ts';
import type { Requests } from '../../state/requests.ts';
import { type MessageKey, t } from '../../text.ts';
import { Parts } from './Parts.tsx';
import { Unknown } from './Unknown.tsx';

const CHECKING: ReadonlyMap<string, MessageKey> = new Map([
  ['orderExecute', 'noticeCheckingOrder'],
  ['withdraw', 'noticeCheckingWithdrawal'],
]);
const ABSENT: ReadonlyMap<string, MessageKey> = new Map([
  ['orderExecute', 'noticeAbsentOrder'],
  ['withdraw', 'noticeAbsentWithdrawal'],
]);

function words(view: RequestView): string {
  const what = requestSentence(view);
  switch (fateOf(view)) {
    case 'checking':
      return t(CHECKING.get(view.instruction) ?? 'noticeChecking', what);
    case 'pending':
      return t('noticePending', what);
    case 'absent':
      return t(ABSENT.get(view.instruction) ?? 'noticeAbsent', what);
    case 'partly':
      return t('noticePartly', what);
    case 'notSent':
      return t('noticeNotSent', what, reasonText(refusalOf(view)));
    case 'refused':
      return t('noticeRefused', what, reasonText(refusalOf(view)));
    default:
      return '';
  }
}

/** Requests that a person should know of, above what they are about. `isElsewhere`: the screen reports it in a better place. */
export function RequestNotices({
  requests,
  isElsewhere,
}: {
  requests: Requests;
  isElsewhere: (view: RequestView) => boolean;
}) {
  const views = requests.remarkable.value.filter((view) => !isElsewhere(view));
  return (
    <>
      {views.map((view) => (
        <Notice
          key={view.id}
          kind={isOpen(view) ? 'info' : 'warn'}
          action={
            isOpen(view)
              ? undefined
              : { label: t('dismiss'), onPress: () => requests.dismiss(view.id) }
          }
        >
          {fateOf(view) === 'unknown' ? <Unknown view={view} /> : words(view)}
          <Parts view={view} />
        </Notice>
      ))}
    </>
  );
}
