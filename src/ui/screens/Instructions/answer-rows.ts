import { isDecimal } from '../../../core/decimal.ts';
import { utcTime } from '../../../exchange/time.ts';
import type { CsvColumn } from '../../csv.ts';

/** A row of an answer: values by the name of their field, those of nested objects under dotted names. */
export type AnswerRow = Readonly<Record<string, unknown>>;

/** An answer as a table. */
export interface AnswerTable {
  /** Names of fields, in the order in which they come. */
  columns: readonly string[];
  rows: readonly AnswerRow[];
}

/** The column of what a map is by, such as the asset of a balance. */
export const KEY_COLUMN = '';

type Members = Readonly<Record<string, unknown>>;
export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function flat(value: Members, prefix = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]): [string, unknown][] =>
    isMembers(inner) ? flat(inner, `${prefix}${key}.`) : [[`${prefix}${key}`, inner]],
  );
}

/** A map is told from an object by that all its members are objects. */
const isMap = (value: Members): boolean => {
  const members = Object.values(value);
  return members.length > 0 && members.every(isMembers);
};

function rowsOf(answer: unknown): readonly Members[] | undefined {
  if (Array.isArray(answer)) return answer.every(isMembers) ? answer : undefined;
  if (!isMembers(answer) || !isMap(answer)) return undefined;
  return Object.entries(answer).map(([key, value]) => ({ [KEY_COLUMN]: key, ...Object(value) }));
}

/** The answer as a table if it is one: rows of plain values. Lists within lists are none. */
export function tableOf(answer: unknown): AnswerTable | undefined {
  const rows = rowsOf(answer)?.map((row) => Object.fromEntries(flat(row)));
  if (!rows || rows.some((row) => Object.values(row).some((cell) => Array.isArray(cell)))) {
    return undefined;
  }
  const columns = new Set(rows.flatMap((row) => Object.keys(row)));
  return { columns: [...columns], rows };
}

/** A value as text; nothing for what is not there. */
export const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Is this column one of numbers, to be set under each other? */
export const isNumeric = ({ rows }: AnswerTable, column: string): boolean => {
  const texts = rows.map((row) => cellText(row[column])).filter((text) => text !== '');
  return texts.length > 0 && texts.every(isDecimal) && !/id$/i.test(column);
};

/** A point in time in Unix ms, where the field's name says that it is one. */
export function timeOf(name: string, value: unknown): number | undefined {
  if (!/(?:At|Time|[tT]imestamp)$/.test(name)) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const at = utcTime(value);
  // Before 2001 it would be seconds, or nothing.
  return at > 1e12 && at < 8.64e15 ? at : undefined;
}

/** The columns of a file: everything, just as it came. */
export const csvColumns = ({ columns }: AnswerTable): readonly CsvColumn<AnswerRow>[] =>
  columns.map((name) => ({
    name: name === KEY_COLUMN ? 'key' : name,
    value: (row) => cellText(row[name]),
  }));
