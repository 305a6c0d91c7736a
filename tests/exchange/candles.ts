import { type Amount, amount, plain } from './decimal.ts';
import { join, type Print, type Span, spanOf } from './past.ts';
import { FIRST_TRADE_ID, type Trade, type Venue } from './venue.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Which price a candle follows. Marks and indexes have no volume. */
export type PriceType = 'Last' | 'Index' | 'Mark';

/** What of the past lies in a span: by whole hours and minutes, and by single trades where it is cut smaller. */
function pastSpan({ past }: Venue, from: number, to: number): Span | undefined {
  const end = Math.min(to, past.end);
  let all: Span | undefined;
  for (let at = from; at < end; ) {
    const unit = at % HOUR_MS === 0 && at + HOUR_MS <= end ? HOUR_MS : MINUTE_MS;
    const index = Math.floor(at / unit);
    const next = (index + 1) * unit;
    const isWhole = at % unit === 0 && next <= end;
    const some = () => past.minute(index).filter((each) => each.at >= at && each.at < end);
    const span = isWhole ? past.span(unit === HOUR_MS ? 'hour' : 'minute', index) : spanOf(some());
    all = join(all, span);
    at = next;
  }
  return all;
}

function tradedSpan({ trades, market }: Venue, from: number, to: number): Span | undefined {
  const prints = trades
    .filter(({ timestamp }) => timestamp >= from && timestamp < to)
    .map(
      ({ price, quantity, timestamp }): Print => ({
        at: timestamp,
        ticks: Number(price.div(market.tickSize)),
        steps: Number(quantity.div(market.stepSize)),
      }),
    );
  return spanOf(prints);
}

/** Where the mark or the index stood in a span: it stands somewhere even if it does not move. */
function referenceSpan(venue: Venue, key: 'mark' | 'index', from: number, to: number) {
  const { past, moves, market } = venue;
  const levels = moves.filter(({ at }) => at < to);
  const before = levels.filter(({ at }) => at <= from).at(-1);
  const within = levels.filter(({ at }) => at > from);
  const prints = [before, ...within].flatMap((each): Print[] =>
    each ? [{ at: each.at, ticks: Number(each[key].div(market.tickSize)), steps: 0 }] : [],
  );
  const all = join(pastSpan(venue, from, Math.min(to, past.end)), spanOf(prints));
  return all && { ...all, steps: 0, cost: 0, count: 0 };
}

/** What was traded from `from` until before `to`, in Unix ms; nothing if nothing was. */
export const tradedIn = (venue: Venue, from: number, to: number): Span | undefined =>
  join(pastSpan(venue, from, to), tradedSpan(venue, from, to));

/** The newest trades, newest first, as far back as they go. */
export function newestTrades({ trades, past, market }: Venue, count: number): readonly Trade[] {
  const newest = trades.slice(-count).toReversed();
  for (let minute = past.end / MINUTE_MS - 1; newest.length < count; minute -= 1) {
    const prints = past.minute(minute).toReversed();
    if (prints.length === 0) break;
    for (const { at, ticks, steps } of prints)
      newest.push({
        id: FIRST_TRADE_ID - (past.end - at) / 1000,
        price: market.tickSize.times(ticks),
        quantity: market.stepSize.times(steps),
        timestamp: at,
        isBuyerMaker: (at / 1000) % 2 === 0,
      });
  }
  return newest.slice(0, count);
}

/** A span in the exchange's words. */
export function spanAnswer(
  { market: { tickSize, stepSize } }: Venue,
  { open, high, low, close, steps, cost, count }: Span,
) {
  const price = (ticks: number): Amount => tickSize.times(ticks);
  return {
    open: price(open),
    high: plain(price(high)),
    low: plain(price(low)),
    close: price(close),
    volume: plain(stepSize.times(steps)),
    quoteVolume: plain(stepSize.times(tickSize).times(amount(cost))),
    trades: count,
  };
}

const textOf = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

/** One candle; without prices where nothing was traded. */
export function candleAnswer(venue: Venue, type: PriceType, start: number, lengthMs: number) {
  const end = start + lengthMs;
  const span =
    type === 'Last'
      ? tradedIn(venue, start, end)
      : referenceSpan(venue, type === 'Mark' ? 'mark' : 'index', start, end);
  const times = { start: textOf(start), end: textOf(end) };
  if (!span) {
    const none = { open: null, high: null, low: null, close: null };
    return { ...times, ...none, volume: '0', quoteVolume: '0', trades: '0' };
  }
  const { open, close, trades, ...rest } = spanAnswer(venue, span);
  return { ...times, open: plain(open), close: plain(close), ...rest, trades: String(trades) };
}
