import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import { type Decimal, isZero } from '../../core/decimal.ts';
import { positions as positionList } from '../../exchange/types.ts';
import { type Part, part } from './part.ts';
import { known } from './remote.ts';

/** Where each position would be liquidated, by market: the exchange says it only to whoever asks for that market alone. */
export interface Liquidation extends Part {
  readonly prices: ReadonlySignal<ReadonlyMap<string, Decimal>>;
}

const LOOK_MS = 20_000;
/** More markets than this are not asked for one by one. */
const MOST = 10;

export const liquidation = part(({ reads, orders }): Liquidation => {
  const prices = signal<ReadonlyMap<string, Decimal>>(new Map());
  let generation = 0;
  const markets = computed(() =>
    (known(orders.positions.value)?.value ?? [])
      .map(({ symbol }) => symbol)
      .slice(0, MOST)
      .join(' '),
  );
  const priceOf = async (symbol: string): Promise<[string, Decimal][]> => {
    const { value } = await reads.account('positionQuery', { symbol }, positionList);
    const price = value.find((each) => each.symbol === symbol)?.estLiquidationPrice;
    return price == null || isZero(price) ? [] : [[symbol, price]];
  };
  const refresh = async (): Promise<boolean> => {
    const mine = generation;
    const symbols = markets.value.split(' ').filter(Boolean);
    const found = await Promise.all(symbols.map(priceOf)).catch(() => undefined);
    if (found && mine === generation) prices.value = new Map(found.flat());
    return found !== undefined;
  };
  // A position that comes is asked about at once.
  effect(() => {
    if (markets.value !== '') untracked(() => void refresh());
  });
  return {
    prices,
    tab: 'orders',
    polls: [{ everyMs: LOOK_MS, refresh }],
    reset() {
      generation += 1;
      prices.value = new Map();
    },
  };
});
