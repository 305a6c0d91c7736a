import { useEffect, useState } from 'preact/hooks';
import type { LogEntry } from '../../../messaging/log.ts';
import { Button } from '../../components/Button.tsx';
import { Choice } from '../../components/Choice.tsx';
import { Field } from '../../components/Field.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { csvTime } from '../../csv.ts';
import { grouped } from '../../format.ts';
import { decisionWord, entrySentence, reasonWords } from '../../log-text.ts';
import type { App } from '../../state/app.ts';
import { activityLog, type LogRow } from '../../state/log.ts';
import { known } from '../../state/remote.ts';
import { t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { When } from '../common/When.tsx';
import { Export, type FileFormat, type HistoryFile } from '../history/Export.tsx';
import { grantWords } from '../Sites/grant-words.ts';
import { LogDetails } from './LogDetails.tsx';
import { VerifyLog } from './VerifyLog.tsx';

const SEARCH_MS = 300;

const file: HistoryFile<LogEntry> = {
  name: 'log',
  columns: [
    { name: 'number', value: ({ number }) => number },
    { name: 'at', value: ({ at }) => csvTime(at) },
    { name: 'origin', value: ({ origin }) => origin },
    { name: 'account', value: ({ account }) => account },
    { name: 'what', value: ({ what }) => what },
    { name: 'instruction', value: ({ instruction }) => instruction },
    { name: 'params', value: ({ params }) => params && JSON.stringify(params) },
    { name: 'decision', value: ({ decision }) => decision },
    { name: 'grant', value: ({ grant }) => grant },
    { name: 'reason', value: ({ reason }) => reason },
    { name: 'request', value: ({ request }) => request },
  ],
};

/** The host alone: the whole origin is in the details. */
const siteText = (origin: string): string =>
  origin === 'buckle' ? t('logByPerson') : origin.replace(/^https:\/\//, '');

function What({ row }: { row: LogRow }) {
  const { entry, number } = row;
  if (!entry) return <span class="cell-note failed">{t('logNotOpening', number)}</span>;
  return (
    <div class="cell-lines">
      <span class="one-line" title={entrySentence(entry)}>
        {entrySentence(entry)}
      </span>
      <span class="secondary one-line" title={entry.origin}>
        <When at={entry.at} /> · {siteText(entry.origin)}
      </span>
    </div>
  );
}

/** What let it through, or why it did not go. */
function Decided({ app, entry }: { app: App; entry: LogEntry }) {
  const grant = grantOf(app, entry);
  const by = grant ? grantWords(grant).join(', ') : (reasonWords(entry) ?? entry.grant);
  return (
    <div class="cell-lines">
      <span class={entry.decision === 'refused' ? 'cell-note failed' : undefined}>
        {decisionWord(entry)}
      </span>
      <span class="secondary one-line decided-by" title={by}>
        {by}
      </span>
    </div>
  );
}

const grantOf = ({ sites }: App, { origin, grant }: LogEntry) =>
  sites.site(origin)?.grants.find(({ id }) => id === grant);

/** Every decision on something that changes anything: what was asked, by whom, and what let it through. */
export function ActivityLog({ app }: { app: App }) {
  const { sites, session, trading } = app;
  const log = activityLog(trading);
  const [typed, setTyped] = useState(log.search.value);
  const [format, setFormat] = useState<FileFormat>('csv');
  const [open, setOpen] = useState<LogEntry>();
  const remote = log.remote.value;
  const list = known(remote)?.value;
  useEffect(() => {
    void log.refresh();
    void sites.refresh(true);
  }, [log, sites]);
  useEffect(() => {
    const timer = setTimeout(() => log.find(typed.trim()), SEARCH_MS);
    return () => clearTimeout(timer);
  }, [log, typed]);
  const columns: readonly Column<LogRow>[] = [
    { key: 'what', header: t('columnRequest'), cell: (row) => <What row={row} /> },
    {
      key: 'decision',
      header: t('logDecision'),
      cell: ({ entry }) => entry && <Decided app={app} entry={entry} />,
    },
    {
      key: 'details',
      header: t('details'),
      hideHeader: true,
      cell: ({ entry, number }) =>
        entry && (
          <Button icon="info" iconOnly small onPress={() => setOpen(entry)}>
            {t('logDetailsOf', number)}
          </Button>
        ),
    },
  ];
  const more = list?.next !== undefined;
  const failed = remote.status === 'failed';
  const none = list?.rows.length === 0;
  return (
    <div class="list activity-log">
      <Field
        label={t('logSearch')}
        placeholder={t('logSearchHint')}
        maxLength={200}
        value={typed}
        onInput={setTyped}
      />
      <Export
        collector={log.collector}
        file={file}
        format={format}
        disabled={!list || none === true}
      >
        <Choice
          label={t('fileFormat')}
          hideLabel
          value={format}
          options={[
            { value: 'csv', text: t('formatCsv') },
            { value: 'json', text: t('formatJson') },
          ]}
          onChange={setFormat}
        />
      </Export>
      <VerifyLog log={log} />
      <LoadFailure remote={remote} onRetry={() => void log.refresh()} />
      {list && !none && log.search.value === '' && (
        <p class="secondary">
          {t('historyShown', grouped(String(list.rows.length)), grouped(String(list.total)))}
        </p>
      )}
      {(!failed || list) && (
        <Table
          caption={t('activityLog')}
          hideCaption
          tall
          columns={columns}
          rows={list?.rows ?? []}
          rowKey={({ number }) => String(number)}
          skeletonRows={list ? 0 : 5}
          stale={failed}
          onNearEnd={more && remote.status === 'ready' ? () => void log.loadMore() : undefined}
          empty={
            <>
              <p class="empty-title">{t(log.search.value === '' ? 'noLog' : 'noLogFound')}</p>
              <p>{t(log.search.value === '' ? 'noLogHint' : 'noLogFoundHint')}</p>
            </>
          }
        />
      )}
      {more && (
        <Button busy={remote.status === 'loading'} onPress={() => void log.loadMore()}>
          {t('loadMore')}
        </Button>
      )}
      {open && (
        <LogDetails
          entry={open}
          account={session.accounts.value.find(({ id }) => id === open.account)?.label}
          grant={grantOf(app, open)}
          onBack={() => setOpen(undefined)}
        />
      )}
    </div>
  );
}
