import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Kline } from '../../exchange/market-shapes.ts';
import { utcTime } from '../../exchange/time.ts';
import { part } from './part.ts';
import { createLoader, type Known, type Remote } from './remote.ts';
import type { Trading } from './trading.ts';

/** How long one candle is, in seconds. */
export const INTERVALS = {
  '1m': 60,
  '5m': 300,
  '15m': 900,
  '1h': 3_600,
  '4h': 14_400,
  '1d': 86_400,
} as const;
export type Interval = keyof typeof INTERVALS;

/** A candle as a picture needs it: `time` is its start in Unix seconds. Prices are floats, since nobody counts with them. */
export interface Candle {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
}

/** Candles by ascending time, each once. One in which nothing was traded has no prices and is left out. */
export function candlesOf(rows: readonly Kline[]): readonly Candle[] {
  const byTime = new Map<number, Candle>();
  for (const { start, open, high, low, close } of rows) {
    const time = Math.floor(utcTime(start) / 1000);
    if (open == null || high == null || low == null || close == null) continue;
    if (!Number.isFinite(time)) continue;
    byTime.set(time, {
      time,
      open: Number(open),
      high: Number(high),
      low: Number(low),
      close: Number(close),
    });
  }
  return [...byTime.values()].sort((a, b) => a.time - b.time);
}

/** The last candle once that price was traded, or the one after it if its time is over. `at` in Unix ms. */
export function withPrice(last: Candle, price: number, at: number, lengthS: number): Candle {
  const seconds = Math.floor(at / 1000);
  if (seconds < last.time + lengthS) {
    const { time, open, high, low } = last;
    return { time, open, high: Math.max(high, price), low: Math.min(low, price), close: price };
  }
  const time = last.time + Math.floor((seconds - last.time) / lengthS) * lengthS;
  return { time, open: price, high: price, low: price, close: price };
}

export interface CandlesState {
  readonly remote: ReadonlySignal<Remote<readonly Candle[]>>;
  /** Which market's they are; another one's are never shown under its name. */
  readonly shown: ReadonlySignal<{ symbol: string; interval: Interval } | undefined>;
  show(symbol: string, interval: Interval): void;
  refresh(): void;
}

const COUNT = 300;
/** The last price moves the last candle; only what was missed has to be read. */
const EVERY_MS = 60_000;

/** The candles of the market that is shown. */
function createCandles({ reads, now }: Trading) {
  const shown = signal<{ symbol: string; interval: Interval } | undefined>();
  const loader = createLoader(async (): Promise<Known<readonly Candle[]>> => {
    const asked = shown.value;
    if (!asked) return { at: now(), value: [] };
    const { symbol, interval } = asked;
    const lengthS = INTERVALS[interval];
    // Whole candles from the last one backwards, so that asking again within one asks for the same.
    const startTime = (Math.floor(now() / 1000 / lengthS) - COUNT + 1) * lengthS;
    const { at, value } = await reads.market('klines', { symbol, interval, startTime });
    return { at, value: candlesOf(value) };
  });
  return {
    remote: loader.state,
    shown: computed(() => shown.value),
    show(symbol: string, interval: Interval): void {
      if (shown.value?.symbol === symbol && shown.value.interval === interval) return;
      shown.value = { symbol, interval };
      loader.reset();
      void loader.refresh();
    },
    refresh: () => void loader.refresh(),
    reset: () => undefined,
    tab: 'trade' as const,
    polls: [
      {
        everyMs: EVERY_MS,
        refresh: async () => shown.value === undefined || loader.refresh(true),
      },
    ],
  };
}

export const candles = part(createCandles);
