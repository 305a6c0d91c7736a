/** A grey bar in the place of what comes; it shows after 300 ms, so that quick answers never flicker. */
export function Skeleton({ wide = false }: { wide?: boolean }) {
  return <span class={wide ? 'skeleton skeleton-wide' : 'skeleton'} aria-hidden="true" />;
}
