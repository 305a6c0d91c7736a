import { divide, isDecimal, isZero } from '../../../core/decimal.ts';
import type { RequestView } from '../../../messaging/requests.ts';
import { singleOf } from '../../../messaging/shapes.ts';
import { Notice } from '../../components/Notice.tsx';
import { grouped } from '../../format.ts';
import { requestSentence } from '../../request-text.ts';
import type { PlacementState } from '../../state/placement.ts';
import { type MessageKey, t } from '../../text.ts';
import { PartList } from '../common/Parts.tsx';
import { SentReport, type SentTexts } from '../common/SentReport.tsx';

const PRICE_PLACES = 8;

/** `1.5 of 2 at 180.00 on average`, as far as it is known. Empty if nothing is filled. */
function filledText(view: RequestView): string {
  const { executedQuantity, executedQuoteQuantity } = view;
  const filled = executedQuantity ?? '';
  if (!isDecimal(filled) || isZero(filled)) return '';
  const paid = executedQuoteQuantity ?? '';
  const average = isDecimal(paid) ? grouped(divide(paid, filled, PRICE_PLACES)) : t('absent');
  const asked = singleOf(view).quantity;
  return typeof asked === 'string'
    ? t('filledOf', grouped(filled), grouped(asked), average)
    : t('filledAt', grouped(filled), average);
}

const STATUS: ReadonlyMap<string, MessageKey> = new Map([
  ['New', 'placedResting'],
  ['PartiallyFilled', 'placedPartly'],
  ['Filled', 'placedFilled'],
  ['Cancelled', 'placedCancelled'],
  ['TriggerPending', 'placedWaiting'],
  ['TriggerFailed', 'placedTriggerFailed'],
]);

/** The answer says that an order expired and not why: what it was asked to be tells. */
function expiredKey(view: RequestView): MessageKey {
  const { executedQuantity = '0' } = view;
  const params = singleOf(view);
  const nothing = isDecimal(executedQuantity) && isZero(executedQuantity);
  if (nothing && params.postOnly === true) return 'expiredPostOnly';
  return nothing && params.timeInForce === 'FOK' ? 'expiredFillOrKill' : 'placedExpired';
}

function stateText(view: RequestView): string {
  const { orderStatus = '' } = view;
  if (orderStatus === 'Expired') return t(expiredKey(view));
  return t(STATUS.get(orderStatus) ?? 'placedOther', orderStatus);
}

/** Several orders that were placed as one request, each with its own end. */
function AllPlaced({ view, onClose }: { view: RequestView; onClose: () => void }) {
  return (
    <Notice kind="success" action={{ label: t('dismiss'), onPress: onClose }}>
      <p>
        <strong>{t('allPlaced', requestSentence(view))}</strong>
      </p>
      <PartList view={view} />
    </Notice>
  );
}

function Placed({ view, onClose }: { view: RequestView; onClose: () => void }) {
  if (view.parts) return <AllPlaced view={view} onClose={onClose} />;
  const { orderStatus = '', orderId = t('absent') } = view;
  const over = orderStatus === 'Expired' || orderStatus === 'Cancelled';
  return (
    <Notice kind={over ? 'warn' : 'success'} action={{ label: t('dismiss'), onPress: onClose }}>
      <p role={over ? 'status' : undefined}>
        <strong>{requestSentence(view)}</strong>
      </p>
      <p>
        {stateText(view)} {filledText(view)}
      </p>
      <p class="secondary">{t('orderIdIs', orderId)}</p>
    </Notice>
  );
}

const TEXTS: SentTexts = {
  refused: 'orderRefused',
  notSent: 'orderNotSent',
  absent: 'noticeAbsentOrder',
  checking: 'noticeCheckingOrder',
  lost: 'placementLost',
};

/** What became of the order that was confirmed last. */
export function PlacementReport({
  placement,
}: {
  placement: Pick<PlacementState<never>, 'placement' | 'dismiss'>;
}) {
  return (
    <SentReport
      report={placement.placement.value}
      texts={TEXTS}
      placed={(view) => <Placed view={view} onClose={placement.dismiss} />}
      onClose={placement.dismiss}
    />
  );
}
