import { Amount } from '../../components/Amount.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Icon } from '../../components/Icon.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { shortDayAndTime, shortKey } from '../../format.ts';
import { placesFor } from '../../places.ts';
import { known, type Remote } from '../../state/remote.ts';
import { isUnfinished, type Transfer, type TransfersState } from '../../state/transfers.ts';
import { t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { When } from '../common/When.tsx';
import { transferStatusText } from '../history/transfer-status.ts';
import { statusMeaning } from './status-meaning.ts';

/** Short, whole on hover and on copy. */
function Copyable({ text, label }: { text: string; label: string }) {
  return (
    <span class="copyable">
      <span title={text}>{shortKey(text)}</span>
      <CopyButton small text={text} label={label} />
    </span>
  );
}

function What({ transfer }: { transfer: Transfer }) {
  const { kind, quantity, symbol, at, network } = transfer;
  return (
    <div class="cell-lines">
      <span class="transfer-what">
        <Icon name={kind === 'deposit' ? 'down' : 'up'} />
        <span class="visually-hidden">{t(kind === 'deposit' ? 'deposit' : 'withdrawal')}</span>{' '}
        <Amount value={quantity} decimals={placesFor(quantity)} unit={symbol} />
      </span>
      <span class="secondary">
        {transfer.isInternal ? t('transferInternal') : network}{' '}
        {at === undefined ? t('absent') : <When at={at} />}
      </span>
    </div>
  );
}

function Where({ transfer: { kind, address, hash } }: { transfer: Transfer }) {
  return (
    <div class="cell-lines">
      {address === undefined ? (
        <span>{t('absent')}</span>
      ) : (
        <Copyable text={address} label={t(kind === 'deposit' ? 'copySender' : 'copyDestination')} />
      )}
      {hash !== undefined && <Copyable text={hash} label={t('copyHash')} />}
    </div>
  );
}

function Status({ transfer }: { transfer: Transfer }) {
  const { triggerAt } = transfer;
  const waits = triggerAt !== undefined && isUnfinished(transfer);
  return (
    <div class="cell-lines">
      <span
        class={isUnfinished(transfer) ? 'open-fate' : undefined}
        title={statusMeaning(transfer)}
      >
        {transferStatusText(transfer.status)}
      </span>
      {waits && <span class="secondary">{t('startsAtTime', shortDayAndTime(triggerAt))}</span>}
    </div>
  );
}

const columns = (): readonly Column<Transfer>[] => [
  { key: 'what', header: t('columnAmount'), cell: (transfer) => <What transfer={transfer} /> },
  { key: 'where', header: t('columnAddress'), cell: (transfer) => <Where transfer={transfer} /> },
  { key: 'status', header: t('columnStatus'), cell: (transfer) => <Status transfer={transfer} /> },
];

interface TransferListProps {
  caption: string;
  transfers: TransfersState;
  /** What the list stands on. */
  remotes: readonly Remote<unknown>[];
  /** Only these; both without it. */
  kind?: Transfer['kind'];
  empty: { title: string; hint: string };
}

/** The latest movements, with how each stands. */
export function TransferList({ caption, transfers, remotes, kind, empty }: TransferListProps) {
  const rows = transfers.all.value?.filter((row) => kind === undefined || row.kind === kind) ?? [];
  const failed = remotes.find(({ status }) => status === 'failed');
  const seen = remotes.every((remote) => known(remote) !== undefined);
  return (
    <div class="list">
      {failed && <LoadFailure remote={failed} onRetry={() => void transfers.refresh()} />}
      {(!failed || rows.length > 0) && (
        <Table
          caption={caption}
          hideCaption
          tall
          columns={columns()}
          rows={rows}
          rowKey={({ key }) => key}
          skeletonRows={seen ? 0 : 4}
          stale={failed !== undefined}
          empty={
            <>
              <p class="empty-title">{empty.title}</p>
              <p>{empty.hint}</p>
            </>
          }
        />
      )}
    </div>
  );
}
