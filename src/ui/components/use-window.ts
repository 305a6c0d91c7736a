import { useEffect, useRef, useState } from 'preact/hooks';

/** Rows `from` up to but without `to` are drawn; the rest is empty space of the right height. */
export interface Window {
  from: number;
  to: number;
}

/** Below this many rows everything is drawn. */
const ALL_UP_TO = 120;
/** Rows drawn beyond each edge of what is in sight. */
const SPARE = 6;

/** Which rows of a list are in sight, rounded to blocks so that scrolling seldom draws anew. */
export function rowsInSight(
  count: number,
  rowHeight: number,
  above: number,
  height: number,
): Window {
  if (count <= ALL_UP_TO) return { from: 0, to: count };
  const block = (row: number): number => Math.floor(row / SPARE) * SPARE;
  const from = Math.max(0, block(above / rowHeight) - SPARE);
  return {
    from: Math.min(from, count),
    to: Math.min(count, block((above + height) / rowHeight) + 2 * SPARE),
  };
}

/** So far below the edge of the page, its end counts as near. */
const NEAR_PX = 800;

/**
 * Calls `onNear` whenever a person scrolls near the end of `list`. Who scrolls there while there is no `onNear`, as during a load,
 * is still there when there is one again.
 */
export function useNearEnd(
  list: { readonly current: HTMLElement | null },
  onNear: (() => void) | undefined,
): void {
  const latest = useRef(onNear);
  latest.current = onNear;
  const isMissed = useRef(false);
  const isListening = onNear !== undefined;
  useEffect(() => {
    let frame = 0;
    const measure = (): void => {
      frame = 0;
      const bottom = list.current?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY;
      if (bottom < window.innerHeight + NEAR_PX) latest.current?.();
    };
    const onScroll = (): void => {
      isMissed.current = !isListening;
      if (isListening) frame ||= requestAnimationFrame(measure);
    };
    if (isMissed.current) onScroll();
    document.addEventListener('scroll', onScroll, { capture: true, passive: true });
    return () => {
      if (frame !== 0) isMissed.current = true;
      cancelAnimationFrame(frame);
      document.removeEventListener('scroll', onScroll, { capture: true });
    };
  }, [list, isListening]);
}

/** The rows of `list` that are in sight, followed while any of its ancestors scrolls. */
export function useWindow(
  list: { readonly current: HTMLElement | null },
  count: number,
  rowHeight: number,
): Window {
  const [view, setView] = useState<Window>(() => rowsInSight(count, rowHeight, 0, 800));
  useEffect(() => {
    if (count <= ALL_UP_TO) return;
    let frame = 0;
    const measure = (): void => {
      frame = 0;
      const above = Math.max(0, -(list.current?.getBoundingClientRect().top ?? 0));
      const next = rowsInSight(count, rowHeight, above, window.innerHeight);
      setView((now) => (now.from === next.from && now.to === next.to ? now : next));
    };
    const onScroll = (): void => {
      frame ||= requestAnimationFrame(measure);
    };
    measure();
    document.addEventListener('scroll', onScroll, { capture: true, passive: true });
    window.addEventListener('resize', onScroll);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('scroll', onScroll, { capture: true });
      window.removeEventListener('resize', onScroll);
    };
  }, [list, count, rowHeight]);
  return count <= ALL_UP_TO ? { from: 0, to: count } : view;
}
