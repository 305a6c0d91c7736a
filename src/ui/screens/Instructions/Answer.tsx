import { useMemo } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { CSV_TYPE, csvOf } from '../../csv.ts';
import { fieldLabel } from '../../field-text.ts';
import { grouped } from '../../format.ts';
import type { Answered, InstructionForm } from '../../state/instruction-form.ts';
import { known } from '../../state/remote.ts';
import { plural, t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { saveFile } from '../common/save-file.ts';
import { AnswerCell } from './AnswerCell.tsx';
import { AnswerTree } from './AnswerTree.tsx';
import {
  type AnswerRow,
  type AnswerTable,
  csvColumns,
  isNumeric,
  KEY_COLUMN,
  tableOf,
} from './answer-rows.ts';
import { pageOf } from './page.ts';

type Numbered = AnswerRow & { readonly row: number };

function Rows({ table, caption, stale }: { table: AnswerTable; caption: string; stale: boolean }) {
  const columns = useMemo(
    () =>
      table.columns.map(
        (name): Column<Numbered> => ({
          key: name,
          header: name === KEY_COLUMN ? t('answerKey') : fieldLabel(name),
          numeric: isNumeric(table, name),
          cell: (row) => <AnswerCell name={name} value={row[name]} />,
        }),
      ),
    [table],
  );
  const rows = useMemo(() => table.rows.map((cells, row) => ({ ...cells, row })), [table]);
  return (
    // Many columns scroll sideways in here, and for that it takes the focus.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section class="answer-rows" aria-label={caption} tabIndex={0}>
      <Table
        caption={caption}
        hideCaption
        columns={columns}
        rows={rows}
        rowKey={({ row }) => String(row)}
        stale={stale}
        empty={<p>{t('answerNoRows')}</p>}
      />
    </section>
  );
}

function Pages({ form, answered }: { form: InstructionForm; answered: Answered }) {
  const page = pageOf(form.fields, answered);
  if (!page) return null;
  const { from, to, total, previous, next } = page;
  const count = (rows: number): string => grouped(String(rows));
  return (
    <div class="answer-pages">
      <Button
        small
        disabled={previous === undefined}
        onPress={() => previous !== undefined && form.page(previous)}
      >
        {t('pagePrevious')}
      </Button>
      <span class="secondary">
        {total === undefined
          ? t('pageRows', count(from), count(to))
          : t('pageRowsOf', count(from), count(to), count(total))}
      </span>
      <Button
        small
        disabled={next === undefined}
        onPress={() => next !== undefined && form.page(next)}
      >
        {t('pageNext')}
      </Button>
    </div>
  );
}

/** What a read was answered: a table where it is rows, else its fields. */
export function Answer({ form }: { form: InstructionForm }) {
  const remote = form.answer.value;
  const shown = known(remote)?.value;
  const table = useMemo(() => shown && tableOf(shown.answer), [shown]);
  const stale = remote.status !== 'ready';
  const save = (): void => {
    if (!table) return;
    const day = new Date().toISOString().slice(0, 10);
    const text = csvOf(csvColumns(table), table.rows);
    saveFile(`buckle-${form.name}-${day}.csv`, text, CSV_TYPE);
  };
  return (
    <>
      <LoadFailure remote={remote} onRetry={() => void form.submit()} />
      {remote.status === 'loading' && !shown && <p class="secondary">{t('reading')}</p>}
      {shown && (
        <section
          class="answer"
          aria-label={t('answerTitle')}
          aria-busy={remote.status === 'loading'}
        >
          <div class="list-head">
            <h2>{t('answerTitle')}</h2>
            {table && <span class="secondary">{plural('rows', table.rows.length)}</span>}
            <span class="answer-actions">
              <CopyButton
                small
                text={JSON.stringify(shown.answer, null, 2)}
                label={t('copyOf', t('answerTitle'))}
              />
              {table && table.rows.length > 0 && (
                <Button small icon="download" onPress={save}>
                  {t('formatCsv')}
                </Button>
              )}
            </span>
          </div>
          {table ? (
            <Rows table={table} caption={form.name} stale={stale} />
          ) : (
            <div class={stale ? 'stale' : undefined}>
              <AnswerTree value={shown.answer} />
            </div>
          )}
          <Pages form={form} answered={shown} />
        </section>
      )}
    </>
  );
}
