import { useEffect, useState } from 'preact/hooks';
import type { RequestView } from '../../../messaging/requests.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { fateText, reasonText } from '../../fate-text.ts';
import { requestSentence } from '../../request-text.ts';
import { fateOf, isOpen, refusalOf } from '../../state/fate.ts';
import type { Trading } from '../../state/trading.ts';
import { t } from '../../text.ts';
import { PartList } from '../common/Parts.tsx';
import { statusText } from '../common/status-text.ts';
import { When } from '../common/When.tsx';

function Outcome({ view }: { view: RequestView }) {
  const fate = fateOf(view);
  const isOver = fate === 'refused' || (fate === 'notSent' && view.error !== undefined);
  const reason = isOver ? reasonText(refusalOf(view)) : undefined;
  return (
    <div class="cell-lines">
      <span class={isOpen(view) ? 'open-fate' : undefined} title={reason}>
        {fate === 'placed' && view.instruction === 'withdraw' ? t('fateTaken') : fateText(fate)}
      </span>
      <span class="secondary">{view.orderStatus && statusText(view.orderStatus)}</span>
    </div>
  );
}

/** @param open - Shows each order of the batch with that id. */
function columns(open: (id: string) => void): readonly Column<RequestView>[] {
  return [
    {
      key: 'what',
      header: t('columnRequest'),
      cell: (view) => (
        <div class="cell-lines">
          <span class="one-line" title={requestSentence(view)}>
            {requestSentence(view)}
          </span>
          <span class="secondary">
            <When at={view.recordedAt} />
          </span>
        </div>
      ),
    },
    { key: 'outcome', header: t('columnOutcome'), cell: (view) => <Outcome view={view} /> },
    {
      key: 'details',
      header: t('details'),
      hideHeader: true,
      cell: (view) =>
        view.parts && (
          <Button icon="info" iconOnly small onPress={() => open(view.id)}>
            {t('eachOrderOf', requestSentence(view))}
          </Button>
        ),
    },
  ];
}

/** What Buckle sent from this browser, and what became of it. */
export function SentRequests({ trading }: { trading: Trading }) {
  const { requests } = trading;
  const [open, setOpen] = useState<string>();
  const shown = requests.all.value.find(({ id }) => id === open);
  useEffect(() => {
    void requests.refresh();
  }, [requests]);
  return (
    <div class="requests">
      <Table
        caption={t('requests')}
        hideCaption
        tall
        columns={columns(setOpen)}
        rows={requests.all.value}
        rowKey={({ id }) => id}
        empty={
          <>
            <p class="empty-title">{t('noRequests')}</p>
            <p>{t('noRequestsHint')}</p>
          </>
        }
      />
      {shown && (
        <Dialog title={requestSentence(shown)} onBack={() => setOpen(undefined)}>
          <div class="stack">
            <PartList view={shown} />
            <div class="dialog-actions">
              <Button kind="primary" onPress={() => setOpen(undefined)}>
                {t('close')}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}
