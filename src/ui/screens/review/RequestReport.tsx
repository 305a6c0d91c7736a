import type { RequestView } from '../../../messaging/requests.ts';
import { Notice } from '../../components/Notice.tsx';
import { fateOf } from '../../state/fate.ts';
import type { PlacementState } from '../../state/placement.ts';
import { t } from '../../text.ts';
import { SentReport, type SentTexts } from '../common/SentReport.tsx';
import { statusText } from '../common/status-text.ts';

const TEXTS: SentTexts = {
  refused: 'requestRefused',
  notSent: 'orderNotSent',
  absent: 'noticeAbsent',
  checking: 'noticeChecking',
  lost: 'requestLost',
};

function Made({
  view,
  what,
  onClose,
}: {
  view: RequestView;
  what: (view: RequestView) => string;
  onClose: () => void;
}) {
  const { orderStatus } = view;
  const id = view.orderId ?? view.withdrawalId ?? view.madeId;
  const isMade = fateOf(view) === 'placed';
  return (
    <Notice kind="success" action={{ label: t('dismiss'), onPress: onClose }}>
      <p>{t(isMade ? 'requestMade' : 'outcomeDone', what(view))}</p>
      {orderStatus !== undefined && <p>{t('statusIs', statusText(orderStatus))}</p>}
      {isMade && id !== undefined && <p class="secondary">{t('idIs', id)}</p>}
    </Notice>
  );
}

interface RequestReportProps {
  placement: Pick<PlacementState<never>, 'placement' | 'dismiss'>;
  /** The request in one sentence. */
  what: (view: RequestView) => string;
}

/** What became of the request that was confirmed last, whatever it was. */
export function RequestReport({ placement, what }: RequestReportProps) {
  return (
    <SentReport
      report={placement.placement.value}
      texts={TEXTS}
      placed={(view) => <Made view={view} what={what} onClose={placement.dismiss} />}
      onClose={placement.dismiss}
    />
  );
}
