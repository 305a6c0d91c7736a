import { useEffect } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { grouped } from '../../format.ts';
import type { History, HistoryState } from '../../state/history.ts';
import { known } from '../../state/remote.ts';
import { t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { Export, type HistoryFile } from './Export.tsx';
import { HistoryFilters } from './HistoryFilters.tsx';

/** What makes one kind of history a list: its table, its filter and its file. */
export interface HistoryListProps<Row> {
  history: HistoryState<Row>;
  /** The table's accessible name. */
  caption: string;
  columns: readonly Column<Row>[];
  file: HistoryFile<Row>;
  symbolLabel: string;
  allSymbols: string;
  symbols: readonly string[];
  /** What will be here, where there is nothing at all yet. */
  empty: { title: string; hint: string };
}

const count = (rows: number): string => grouped(String(rows));

/** How much of the history is below, and who filters it. */
function Extent<Row>({ list, filteredHere }: { list: History<Row>; filteredHere: boolean }) {
  const { rows, looked, total, more } = list;
  if (filteredHere) {
    return <p class="secondary">{t('historyLooked', count(looked), count(rows.length))}</p>;
  }
  if (!more || total === undefined) return null;
  return <p class="secondary">{t('historyShown', count(rows.length), count(total))}</p>;
}

/** A history of the account, newest first, loaded as far as a person scrolls. */
export function HistoryList<Row>(props: HistoryListProps<Row>) {
  const { history, empty } = props;
  const remote = history.remote.value;
  const list = known(remote)?.value;
  const idle = remote.status === 'idle';
  useEffect(() => {
    void history.refresh();
  }, [history]);
  useEffect(() => {
    // Another account was chosen while this was open.
    if (idle) void history.refresh();
  }, [history, idle]);
  const { symbol, from, to } = history.filter.value;
  const isFiltered = symbol !== '' || from !== undefined || to !== undefined;
  const failed = remote.status === 'failed';
  const more = list?.more ?? false;
  return (
    <div class="list history">
      <HistoryFilters
        filter={history.filter.value}
        symbolLabel={props.symbolLabel}
        allSymbols={props.allSymbols}
        symbols={props.symbols}
        onChange={history.setFilter}
      />
      <Export
        collector={history.collector}
        file={props.file}
        disabled={!list || (list.rows.length === 0 && !more)}
      >
        {list && <Extent list={list} filteredHere={history.filteredHere.value} />}
      </Export>
      <LoadFailure remote={remote} onRetry={() => void history.retry()} />
      {(!failed || list) && (
        <Table
          caption={props.caption}
          hideCaption
          tall
          columns={props.columns}
          rows={list?.rows ?? []}
          rowKey={history.keyOf}
          skeletonRows={list ? 0 : 5}
          stale={failed}
          onNearEnd={more && remote.status === 'ready' ? () => void history.loadMore() : undefined}
          empty={
            <>
              <p class="empty-title">{isFiltered ? t('noHistoryHere') : empty.title}</p>
              <p>{isFiltered ? t(more ? 'noHistoryYetHint' : 'noHistoryHereHint') : empty.hint}</p>
            </>
          }
        />
      )}
      {more && (
        <Button busy={remote.status === 'loading'} onPress={() => void history.loadMore()}>
          {t('loadMore')}
        </Button>
      )}
    </div>
  );
}
