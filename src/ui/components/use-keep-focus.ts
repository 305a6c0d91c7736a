import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

interface Place {
  element: HTMLElement;
  key: string;
  index: number;
}

const rowOf = (element: Element | null): HTMLElement | null =>
  element?.closest<HTMLElement>('tr[aria-rowindex]') ?? null;

/** Rows are counted from 1 in a table, and its header is the first. */
const indexOf = (row: HTMLElement): number => Number(row.getAttribute('aria-rowindex')) - 2;

/**
 * When the row that has the focus goes, the row that comes in its place gets it, so that nobody at a keyboard is thrown back to
 * the start of the page; where no row is left, the table. The row and not a button in it: a key that is still held down must not
 * press the next one.
 */
export function useKeepFocus<Row>(
  table: { readonly current: HTMLTableElement | null },
  rows: readonly Row[],
  rowKey: (row: Row) => string,
): void {
  const place = useRef<Place | undefined>(undefined);
  const latest = useRef({ rows, rowKey });
  latest.current = { rows, rowKey };

  useEffect(() => {
    const element = table.current;
    const onFocusIn = ({ target }: FocusEvent): void => {
      const row = target instanceof HTMLElement ? rowOf(target) : null;
      const index = row ? indexOf(row) : -1;
      const found = latest.current.rows[index];
      place.current =
        row && found && target instanceof HTMLElement
          ? { element: target, key: latest.current.rowKey(found), index }
          : undefined;
    };
    const onFocusOut = ({ target }: FocusEvent): void => {
      // Some browsers tell of an element that is being taken away as well: only one that is still there was left on purpose.
      setTimeout(() => {
        if (place.current?.element === target && place.current.element.isConnected) {
          place.current = undefined;
        }
      }, 0);
    };
    element?.addEventListener('focusin', onFocusIn);
    element?.addEventListener('focusout', onFocusOut);
    return () => {
      element?.removeEventListener('focusin', onFocusIn);
      element?.removeEventListener('focusout', onFocusOut);
    };
  }, [table]);

  useLayoutEffect(() => {
    const last = place.current;
    if (!last || !table.current) return;
    if (last.element.isConnected) {
      const row = rowOf(last.element);
      if (row) last.index = indexOf(row);
      return;
    }
    // Scrolled out of what is drawn: nothing has to take its place.
    if (rows.some((row) => rowKey(row) === last.key)) return;
    place.current = undefined;
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const next = Math.min(last.index, rows.length - 1);
    const row = table.current.querySelector<HTMLElement>(`tr[aria-rowindex="${next + 2}"]`);
    const instead = row ?? table.current;
    instead.tabIndex = -1;
    instead.focus({ preventScroll: true });
  });
}
