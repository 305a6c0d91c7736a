import { utcTime } from '../exchange/time.ts';

/** One column of a file: its name, as the exchange names the field, and what stands in it. */
export interface CsvColumn<Row> {
  name: string;
  value: (row: Row) => string | number | boolean | null | undefined;
}

export const CSV_TYPE = 'text/csv;charset=utf-8';

/** What a spreadsheet may take for the start of a formula; full-width forms count too. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * Text that a spreadsheet would run as a formula gets an apostrophe in front, which it takes for "this is text". Numbers
 * stay as they are, to the last digit.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function cell(value: string | number | boolean | null | undefined): string {
  const text = String(value ?? '');
  const safe = FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as a file after RFC 4180: a header line, lines end in CRLF, quotes only where they are needed. */
export function csvOf<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map(({ value }) => cell(value(row))).join(','));
  return [columns.map(({ name }) => cell(name)).join(','), ...lines, ''].join('\r\n');
}

/** A time of the exchange's in a file: ISO 8601 in UTC. What cannot be read as a time stays as the exchange wrote it. */
export function csvTime(moment: string | number | null | undefined): string {
  if (moment == null) return '';
  const at = utcTime(moment);
  return Number.isNaN(at) ? String(moment) : new Date(at).toISOString();
}
