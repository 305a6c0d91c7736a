import { amount } from './decimal.ts';
import type { Market } from './markets.ts';

const MINUTE_MS = 60_000;
const HOUR_MIN = 60;
const DAY_MIN = 24 * HOUR_MIN;
/** Before that there was no market. */
const PAST_MIN = 400 * DAY_MIN;
/** Before that it was a sleepy one: traded at each quarter of an hour, and not in between. */
const BUSY_MIN = 4 * DAY_MIN;
const SLEEP_MIN = 15;
/** One wave for each doubling of its length, from a minute to half a year. */
const WAVES = 19;
/** What changes hands in a quiet minute, in quote. */
const MINUTE_NOTIONAL = { SPOT: 4_000, PERP: 25_000 };
/** How much the price of an asset strays in a day. */
const DAILY: Readonly<Record<string, number>> = { BTC: 0.02, ETH: 0.028, USDT: 0.0004 };
const USUAL = 0.035;
const MINUTES_A_DAY_ROOT = Math.sqrt(DAY_MIN);

/** Something that was traded, or that much of it: prices in ticks, quantities in steps, both whole. */
export interface Print {
  /** Unix ms. */
  readonly at: number;
  readonly ticks: number;
  readonly steps: number;
}

/** What became of the price in a span; `ticks × steps` summed is what it cost. */
export interface Span {
  open: number;
  high: number;
  low: number;
  close: number;
  steps: number;
  cost: number;
  count: number;
}

/** What went before the exchange was opened. Depends on market, seed and the time of opening alone. */
export interface Past {
  /** Unix ms, a whole minute; nothing of the past is later. */
  readonly end: number;
  /** The trades of one minute by time, none outside the past. */
  minute(index: number): readonly Print[];
  /** One minute, or one hour, as a whole; nothing outside the past. Indexes count from 1970. */
  span(unit: 'minute' | 'hour', index: number): Span | undefined;
}

/** Brings a later span into an earlier one, which is changed. */
export function join(into: Span | undefined, next: Span | undefined): Span | undefined {
  if (!into || !next) return into ?? (next && { ...next });
  into.high = Math.max(into.high, next.high);
  into.low = Math.min(into.low, next.low);
  into.close = next.close;
  into.steps += next.steps;
  into.cost += next.cost;
  into.count += next.count;
  return into;
}

/** What trades make together. */
export function spanOf(prints: readonly Print[]): Span | undefined {
  const [first] = prints;
  if (!first) return undefined;
  const { ticks: open } = first;
  const all = { open, high: open, low: open, close: open, steps: 0, cost: 0, count: 0 };
  for (const { ticks, steps } of prints) {
    all.high = Math.max(all.high, ticks);
    all.low = Math.min(all.low, ticks);
    all.close = ticks;
    all.steps += steps;
    all.cost += ticks * steps;
    all.count += 1;
  }
  return all;
}

/** Well mixed 32 bits as a number in [0, 1), the same for the same arguments. */
function chance(seed: number, wave: number, index: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(wave + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ index ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

const seedOf = (text: string, seed: number): number =>
  [...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), seed);

/** @param opened - Unix ms of the opening, when the price was the market's start price. */
export function createPast(
  { base, symbol, marketType, tickSize, stepSize, startPrice }: Market,
  seed: number,
  opened: number,
): Past {
  const shared = seedOf(base, seed); // spot and perpetual of an asset go the same way
  const own = seedOf(symbol, seed);
  const unit = (DAILY[base] ?? USUAL) / MINUTES_A_DAY_ROOT;
  const endMinute = Math.floor(opened / MINUTE_MS);
  const hours = new Map<number, Span | undefined>();

  const waves = Array.from({ length: WAVES }, (_, wave) => ({
    length: 2 ** wave,
    height: unit * Math.sqrt(2 ** wave),
    shift: chance(shared, wave, -1),
  }));

  /** A sum of waves, each twice as long and √2 times as high as the one before: a walk at any scale. */
  function height(minute: number): number {
    let sum = 0;
    for (let wave = 0; wave < WAVES; wave += 1) {
      const { length = 1, height: most = 0, shift = 0 } = waves[wave] ?? {};
      const place = minute / length + shift;
      const index = Math.floor(place);
      const from = chance(shared, wave, index);
      sum += (from + (chance(shared, wave, index + 1) - from) * (place - index) - 0.5) * most;
    }
    return sum;
  }
  const atEnd = height(endMinute);
  const lot = MINUTE_NOTIONAL[marketType] / Number(stepSize.times(startPrice)) / 4;
  const startTicks = Number(amount(startPrice).div(tickSize));
  const ticksAt = (minute: number): number =>
    Math.max(1, Math.round(startTicks * Math.exp(height(minute) - atEnd)));

  /** How long the price takes from one trading minute to the next; 0 for a minute in which nothing is traded. */
  function strideAt(minute: number): number {
    const ago = endMinute - minute;
    if (ago <= 0 || ago > PAST_MIN) return 0;
    if (ago <= BUSY_MIN) return 1;
    return minute % SLEEP_MIN === 0 ? SLEEP_MIN : 0;
  }

  function minute(index: number): readonly Print[] {
    const stride = strideAt(index);
    if (stride === 0) return [];
    const [open, close] = [ticksAt(index), ticksAt(index + stride)];
    const usual = startTicks * unit * Math.sqrt(stride);
    const wick = (part: number): number => 0.6 * usual * chance(own, WAVES + part, index);
    const high = Math.round(Math.max(open, close) + wick(0));
    const low = Math.max(1, Math.round(Math.min(open, close) - wick(1)));
    const busy = 0.3 + (2 * Math.abs(close - open)) / usual;
    return [open, ...(close < open ? [high, low] : [low, high]), close].map((ticks, part) => {
      const share = busy + chance(own, WAVES + 2 + part, index);
      const steps = Math.max(1, Math.round(lot * stride * share));
      return { at: index * MINUTE_MS + part * 16_000, ticks, steps };
    });
  }

  function hour(index: number): Span | undefined {
    if (!hours.has(index)) {
      let all: Span | undefined;
      for (let at = index * HOUR_MIN; at < (index + 1) * HOUR_MIN; at += 1)
        all = join(all, spanOf(minute(at)));
      hours.set(index, all);
    }
    return hours.get(index);
  }

  return {
    end: endMinute * MINUTE_MS,
    minute,
    span: (kind, index) => (kind === 'hour' ? hour(index) : spanOf(minute(index))),
  };
}
