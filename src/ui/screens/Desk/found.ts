import type { Market } from '../../../exchange/types.ts';

/** The markets that what was typed may mean: each of its words is in the symbol, however it is spelt. `sol perp` finds SOL_USDC_PERP. */
export function foundMarkets(markets: readonly Market[], typed: string): readonly Market[] {
  const words = typed
    .toUpperCase()
    .split(/[\s_/-]+/)
    .filter(Boolean);
  return words.length === 0
    ? markets
    : markets.filter(({ symbol }) => words.every((word) => symbol.toUpperCase().includes(word)));
}
