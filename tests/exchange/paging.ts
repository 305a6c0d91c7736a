import { json } from './endpoint.ts';
import type { PracticeResponse } from './exchange.ts';
import { oneOf, optional, u64, upTo } from './params.ts';

export const paging = {
  limit: optional(upTo(1000)),
  offset: optional(u64),
  sortDirection: optional(oneOf('SortDirection', 'Asc', 'Desc')),
};

interface Page {
  readonly limit: number | undefined;
  readonly offset: number | undefined;
  readonly sortDirection?: 'Asc' | 'Desc' | undefined;
}

/** Of rows given oldest first, one page. Newest come first unless asked otherwise. */
export function pageOf<R>(rows: readonly R[], params: Page): R[] {
  const sorted = params.sortDirection === 'Asc' ? rows : rows.toReversed();
  const offset = params.offset ?? 0;
  return sorted.slice(offset, offset + (params.limit ?? 100));
}

/** One page of rows given oldest first, with the headers that describe it. */
export function page(rows: readonly object[], params: Page): PracticeResponse {
  const size = params.limit ?? 100;
  const offset = params.offset ?? 0;
  return json(pageOf(rows, params), {
    'x-page-count': String(size === 0 ? 0 : Math.ceil(rows.length / size)),
    'x-current-page': String(size === 0 ? 1 : Math.floor(offset / size) + 1),
    'x-page-size': String(size),
    'x-total': String(rows.length),
  });
}

/** Does the row have these values, as far as they are given? */
export const fits = (row: object, wanted: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(wanted).every(
    ([name, value]) =>
      value === undefined ||
      Object.entries(row).some(([key, own]) => key === name && own === value),
  );
