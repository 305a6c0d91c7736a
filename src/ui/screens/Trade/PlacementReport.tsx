import { useEffect, useRef } from 'preact/hooks';
import { divide, isDecimal, isZero } from '../../../core/decimal.ts';
import type { RequestView } from '../../../messaging/requests.ts';
import { Notice } from '../../components/Notice.tsx';
import { errorText } from '../../error-text.ts';
import { grouped } from '../../format.ts';
import { reasonText, requestSentence } from '../../request-text.ts';
import { fateOf, refusalOf } from '../../state/fate.ts';
import type { Placement, PlacementState } from '../../state/placement.ts';
import { type MessageKey, t } from '../../text.ts';

const PRICE_PLACES = 8;

/** `1.5 of 2 at 180.00 on average`, as far as it is known. Empty if nothing is filled. */
function filledText({ executedQuantity, executedQuoteQuantity, params }: RequestView): string {
  const filled = executedQuantity ?? '';
  if (!isDecimal(filled) || isZero(filled)) return '';
  const paid = executedQuoteQuantity ?? '';
  const average = isDecimal(paid) ? grouped(divide(paid, filled, PRICE_PLACES)) : t('absent');
  const asked = params.quantity;
  return typeof asked === 'string'
    ? t('filledOf', grouped(filled), grouped(asked), average)
    : t('filledAt', grouped(filled), average);
}

const STATUS: ReadonlyMap<string, MessageKey> = new Map([
  ['New', 'placedResting'],
  ['PartiallyFilled', 'placedPartly'],
  ['Filled', 'placedFilled'],
  ['Cancelled', 'placedCancelled'],
]);

/** The answer says that an order expired and not why: what it was asked to be tells. */
function expiredKey({ params, executedQuantity = '0' }: RequestView): MessageKey {
  const nothing = isDecimal(executedQuantity) && isZero(executedQuantity);
  if (nothing && params.postOnly === true) return 'expiredPostOnly';
  return nothing && params.timeInForce === 'FOK' ? 'expiredFillOrKill' : 'placedExpired';
}

function stateText(view: RequestView): string {
  const { orderStatus = '' } = view;
  if (orderStatus === 'Expired') return t(expiredKey(view));
  return t(STATUS.get(orderStatus) ?? 'placedOther', orderStatus);
}

function Placed({ view, onClose }: { view: RequestView; onClose: () => void }) {
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

function Known({ view, onClose }: { view: RequestView; onClose: () => void }) {
  const action = { label: t('dismiss'), onPress: onClose };
  const what = requestSentence(view);
  const fate = fateOf(view);
  switch (fate) {
    case 'placed':
    case 'done':
      return <Placed view={view} onClose={onClose} />;
    case 'refused':
      return (
        <Notice kind="error" action={action}>
          <p>{t('orderRefused', what)}</p>
          <p>{reasonText(refusalOf(view))}</p>
        </Notice>
      );
    case 'notSent':
      return (
        <Notice kind="error" action={action}>
          {t('orderNotSent', what)}
        </Notice>
      );
    case 'absent':
      return (
        <Notice kind="warn" action={action}>
          <p role="status">{t('noticeAbsentOrder', what)}</p>
        </Notice>
      );
    case 'unknown':
      return (
        <Notice kind="warn" action={action}>
          <p role="status">{t('noticeUnknown', what)}</p>
        </Notice>
      );
    default:
      return (
        <Notice kind="warn">
          <p role="status">{t('noticeCheckingOrder', what)}</p>
        </Notice>
      );
  }
}

function Report({ placement, onClose }: { placement: Placement; onClose: () => void }) {
  switch (placement.kind) {
    case 'known':
      return <Known view={placement.view} onClose={onClose} />;
    case 'notSent':
      return (
        <Notice kind="error" action={{ label: t('dismiss'), onPress: onClose }}>
          <p>{t('nothingWasSent')}</p>
          <p>{errorText(placement.error)}</p>
        </Notice>
      );
    case 'lost':
      return <Notice kind="error">{t('placementLost')}</Notice>;
  }
}

/** What became of the order that was confirmed last. It moves on by itself while that is being found out. */
export function PlacementReport({ placement }: { placement: PlacementState }) {
  const report = placement.placement.value;
  const place = useRef<HTMLDivElement>(null);
  const shown = report !== undefined;
  useEffect(() => {
    if (shown) place.current?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  if (!report) return null;
  return (
    <div ref={place} class="placement">
      <Report placement={report} onClose={placement.dismiss} />
    </div>
  );
}
