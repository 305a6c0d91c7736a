import type { RequestView } from '../../../messaging/requests.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Notice } from '../../components/Notice.tsx';
import { dayAndTime } from '../../format.ts';
import { requestSentence } from '../../request-text.ts';
import type { Transferring } from '../../state/transferring.ts';
import { isUnfinished, type Transfer } from '../../state/transfers.ts';
import { t } from '../../text.ts';
import { SentReport, type SentTexts } from '../common/SentReport.tsx';
import { transferStatusText } from '../history/transfer-status.ts';
import { statusMeaning } from './status-meaning.ts';

const TEXTS: SentTexts = {
  refused: 'withdrawalRefused',
  notSent: 'withdrawalNotSent',
  absent: 'noticeAbsentWithdrawal',
  checking: 'noticeCheckingWithdrawal',
  lost: 'withdrawalLost',
};

/** How it stands on its way, as the exchange lists it now. */
function Progress({ made }: { made: Transfer }) {
  const { hash, triggerAt } = made;
  const delayed = triggerAt !== undefined && isUnfinished(made);
  return (
    <>
      <p role="status">
        {t('statusIs', transferStatusText(made.status))}{' '}
        {delayed ? t('withdrawalDelayed', dayAndTime(triggerAt)) : statusMeaning(made)}
      </p>
      {hash !== undefined && (
        <p class="hash">
          <span class="secondary">{t('transactionHash')}</span>
          <span class="hash-text" title={hash}>
            {hash}
          </span>
          <CopyButton text={hash} label={t('copyHash')} />
        </p>
      )}
    </>
  );
}

function Made({ view, transfer }: { view: RequestView; transfer: Transferring }) {
  const made = transfer.transfers.madeBy(view);
  const waits = !made || isUnfinished(made);
  return (
    <Notice
      kind={waits ? 'info' : 'success'}
      action={{ label: t('dismiss'), onPress: transfer.placement.dismiss }}
    >
      <p>
        <strong>{requestSentence(view)}</strong>
      </p>
      {made ? <Progress made={made} /> : <p role="status">{t('withdrawalTaken')}</p>}
      {view.withdrawalId !== undefined && (
        <p class="secondary">{t('withdrawalIdIs', view.withdrawalId)}</p>
      )}
    </Notice>
  );
}

/** What became of the withdrawal that was confirmed last, followed to its end. */
export function WithdrawalReport({ transfer }: { transfer: Transferring }) {
  const { placement } = transfer;
  return (
    <SentReport
      report={placement.placement.value}
      texts={TEXTS}
      placed={(view) => <Made view={view} transfer={transfer} />}
      onClose={placement.dismiss}
    />
  );
}
