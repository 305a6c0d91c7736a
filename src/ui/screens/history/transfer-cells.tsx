import { t } from '../../text.ts';
import { HistoryTime } from './HistoryTime.tsx';
import { needsOwner, transferStatusText } from './transfer-status.ts';

/** What was moved and when. */
export function TransferHead({
  symbol,
  createdAt,
}: {
  symbol: string;
  createdAt?: string | number | null | undefined;
}) {
  return (
    <div class="cell-lines">
      <strong class="symbol">{symbol}</strong>
      <span class="secondary">
        {createdAt == null ? t('absent') : <HistoryTime moment={createdAt} />}
      </span>
    </div>
  );
}

/** How it stands, and on which chain or from which source. */
export function TransferStatus({
  status,
  place,
}: {
  status: string;
  place: string | null | undefined;
}) {
  return (
    <div class="cell-lines">
      <span
        class={needsOwner(status) ? 'needs-owner' : undefined}
        title={
          needsOwner(status)
            ? `${transferStatusText(status)}. ${t('transferNeedsOwner')}`
            : undefined
        }
      >
        {transferStatusText(status)}
      </span>
      <span class="secondary">{place ?? t('absent')}</span>
    </div>
  );
}
