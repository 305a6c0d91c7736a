import type { AssetRow } from '../../../exchange/valuation.ts';
import { shares } from './shares.ts';

/** How the total is split, the most valuable asset first. Decoration: the table below says it in numbers. */
export function SplitBar({ rows }: { rows: readonly AssetRow[] }) {
  return (
    <div class="split-bar" aria-hidden="true">
      {shares(rows).map(({ asset, permille }) => (
        <span
          key={asset}
          class="split-part"
          title={asset}
          // The style sheet cannot know the numbers, and inline styles are not allowed.
          ref={(part) => part?.style.setProperty('flex-grow', String(permille))}
        />
      ))}
    </div>
  );
}
