import type { ComponentChildren } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { Skeleton } from './Skeleton.tsx';
import { useKeepFocus } from './use-keep-focus.ts';
import { useNearEnd, useWindow } from './use-window.ts';

export interface Column<Row> {
  key: string;
  header: string;
  /** Right-aligned tabular figures. */
  numeric?: boolean;
  /** The header is there for a screen reader only, as over a column of buttons. */
  hideHeader?: boolean;
  /** Only where there is room: a popup leaves it out. */
  wide?: boolean;
  cell: (row: Row) => ComponentChildren;
}

interface TableProps<Row> {
  /** The table's accessible name. */
  caption: string;
  hideCaption?: boolean;
  /** The same array each time, unless what cells show depends on more than their row. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** What will be here, and the way to fill it. Shown when there are no rows and nothing is loading. */
  empty: ComponentChildren;
  /** Nothing is known yet: so many rows of skeleton. */
  skeletonRows?: number;
  /** What is shown is old: it greys, it does not vanish. */
  stale?: boolean;
  /** Rows have two lines. */
  tall?: boolean;
  /** A person has scrolled near the end: time to load what comes below. */
  onNearEnd?: (() => void) | undefined;
}

/** What `.table td` and `.table-tall td` are set to, so that long lists can be drawn in part. */
const ROW_PX = 40;
const TALL_ROW_PX = 52;

function Gap({ rows, span, rowPx }: { rows: number; span: number; rowPx: number }) {
  if (rows <= 0) return null;
  // A height from the code is set through the DOM: the style sheet cannot know it.
  const setHeight = (cell: HTMLTableCellElement | null): void =>
    cell?.style.setProperty('height', `${rows * rowPx}px`);
  return (
    <tbody aria-hidden="true" class="table-gap">
      <tr>
        <td colSpan={span} ref={setHeight} />
      </tr>
    </tbody>
  );
}

const classOf = <Row,>({ numeric, wide }: Column<Row>): string | undefined =>
  [numeric ? 'numeric' : '', wide ? 'wide' : ''].filter(Boolean).join(' ') || undefined;

interface TableRowProps<Row> {
  columns: readonly Column<Row>[];
  row: Row;
  /** Counted from 1, the header included. */
  index: number;
}

/** Its cells are made once, as long as row and columns are the same objects: most of a scroll draws rows that were there. */
function TableRow<Row>({ columns, row, index }: TableRowProps<Row>) {
  const cells = useMemo(
    () =>
      columns.map((column) => (
        <td key={column.key} class={classOf(column)}>
          {column.cell(row)}
        </td>
      )),
    [columns, row],
  );
  return <tr aria-rowindex={index}>{cells}</tr>;
}

export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, skeletonRows = 0 } = props;
  const table = useRef<HTMLTableElement>(null);
  const rowPx = props.tall ? TALL_ROW_PX : ROW_PX;
  const view = useWindow(table, rows.length, rowPx);
  useNearEnd(table, props.onNearEnd);
  useKeepFocus(table, rows, props.rowKey);
  const loading = skeletonRows > 0 && rows.length === 0;
  return (
    <div class={props.stale ? 'table-frame stale' : 'table-frame'}>
      <table
        ref={table}
        class={props.tall ? 'table table-tall' : 'table'}
        aria-busy={loading || undefined}
        aria-rowcount={rows.length + 1}
      >
        <caption class={props.hideCaption ? 'visually-hidden' : undefined}>{props.caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" class={classOf(column)}>
                <span class={column.hideHeader ? 'visually-hidden' : undefined}>
                  {column.header}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <Gap rows={view.from} span={columns.length} rowPx={rowPx} />
        <tbody>
          {rows.slice(view.from, view.to).map((row, index) => (
            <TableRow
              key={props.rowKey(row)}
              columns={columns}
              row={row}
              index={view.from + index + 2}
            />
          ))}
        </tbody>
        <Gap rows={rows.length - view.to} span={columns.length} rowPx={rowPx} />
      </table>
      {loading && (
        <div class="table-skeleton" aria-hidden="true">
          {Array.from({ length: skeletonRows }, () => (
            <Skeleton wide />
          ))}
        </div>
      )}
      {!loading && rows.length === 0 && <div class="table-empty">{props.empty}</div>}
    </div>
  );
}
