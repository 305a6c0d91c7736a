import { originParts } from '../origin.ts';

/** Who asks: scheme, host and port in full, the part that somebody has registered in bold. Never a title or an icon. */
export function Origin({ origin }: { origin: string }) {
  const { scheme, before, stressed, port } = originParts(origin);
  return (
    <bdi class="origin" dir="ltr">
      <span class="origin-rest">
        {scheme}
        {before}
      </span>
      <strong>{stressed}</strong>
      <span class="origin-rest">{port}</span>
    </bdi>
  );
}
