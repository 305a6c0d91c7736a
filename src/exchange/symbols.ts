/** What a market's symbol says. `kind` is the ending after the quote: `PERP`, a date, or nothing for spot. */
export interface SymbolParts {
  base: string;
  quote: string;
  kind: string;
}

/** `SOL_USDC_PERP` → SOL, USDC, PERP. The one place that takes symbols apart. */
export function splitSymbol(symbol: string): SymbolParts {
  const [base = '', quote = '', ...kind] = symbol.split('_');
  return { base, quote, kind: kind.join('_') };
}

/** What is traded, as a word in a sentence: `SOL`, `SOL-PERP`. A perpetual never reads like the asset itself. */
export function tradedName(symbol: string): string {
  const { base, kind } = splitSymbol(symbol);
  return kind === '' ? base : `${base}-${kind}`;
}
