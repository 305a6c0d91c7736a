import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { CSV_TYPE, type CsvColumn, csvOf } from '../../csv.ts';
import { errorText } from '../../error-text.ts';
import { grouped } from '../../format.ts';
import type { Collector } from '../../state/collector.ts';
import { plural, t } from '../../text.ts';
import { saveFile } from '../common/save-file.ts';

const JSON_TYPE = 'application/json';

/** What is made of a history: `fills` in `buckle-fills-2026-11-24.csv`, and the columns. */
export interface HistoryFile<Row> {
  name: string;
  columns: readonly CsvColumn<Row>[];
}

/** `json` holds the rows just as they are. */
export type FileFormat = 'csv' | 'json';

interface ExportProps<Row> {
  collector: Collector<Row>;
  file: HistoryFile<Row>;
  format?: FileFormat;
  /** There is nothing to export. */
  disabled: boolean;
  /** Stands beside the button while no export runs. */
  children: ComponentChildren;
}

/** How far it is: `1,200 of 3,400`, or `1,200` where nobody knows of how many. */
const progress = (looked: number, total: number | undefined): string =>
  total === undefined
    ? grouped(String(looked))
    : t('progressOf', grouped(String(looked)), grouped(String(total)));

/** The button, and how far the file is. It is made of everything under the filter, not only of what is shown. */
export function Export<Row>(props: ExportProps<Row>) {
  const { collector, file, format = 'csv', disabled, children } = props;
  const [saved, setSaved] = useState<number>();
  const state = collector.state.value;
  const run = async (): Promise<void> => {
    setSaved(undefined);
    const rows = await collector.run();
    if (!rows) return;
    const day = new Date().toISOString().slice(0, 10);
    const name = `buckle-${file.name}-${day}.${format}`;
    if (format === 'json') saveFile(name, JSON.stringify(rows, null, 2), JSON_TYPE);
    else saveFile(name, csvOf(file.columns, rows), CSV_TYPE);
    setSaved(rows.length);
  };
  return (
    <div class="export">
      {state.status === 'running' && (
        <span class="secondary" role="status">
          {t('exporting', progress(state.looked, state.total))}
        </span>
      )}
      {state.status !== 'running' && children}
      <span class="export-actions">
        {state.status !== 'idle' && (
          <Button kind="quiet" small onPress={collector.cancel}>
            {t('exportCancel')}
          </Button>
        )}
        <Button
          icon="download"
          small
          busy={state.status === 'running'}
          disabled={disabled}
          onPress={() => void run()}
        >
          {t('export')}
        </Button>
      </span>
      {state.status === 'idle' && saved !== undefined && (
        <Notice kind="success">{plural('exported', saved, grouped(String(saved)))}</Notice>
      )}
      {state.status === 'failed' && (
        <Notice kind="error" action={{ label: t('exportGoOn'), onPress: () => void run() }}>
          <p>{t('exportStopped', progress(state.looked, state.total))}</p>
          <p>{errorText(state.error)}</p>
        </Notice>
      )}
    </div>
  );
}
