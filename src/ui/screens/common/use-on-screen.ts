import { useEffect } from 'preact/hooks';
import { live } from '../../state/live.ts';
import type { Trading } from '../../state/trading.ts';

/** Has that market's price streamed for as long as the screen is about it. */
export function useOnScreen(trading: Trading, symbol: string): void {
  useEffect(() => live(trading).showMarket(symbol), [trading, symbol]);
  useEffect(() => () => live(trading).showMarket(''), [trading]);
}
