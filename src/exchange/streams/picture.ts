/**
 * What a surface shows of an account's orders, positions or balances: kept by updates, put right by reads. Everything in
 * here is pure: each function yields a new picture and leaves the old one as it was.
 */
export interface Picture<T, U> {
  /** What to show, by key. */
  readonly items: ReadonlyMap<string, T>;
  /** The last update of each key, those of ended ones among them for a while; longest unheard of first. */
  readonly traces: ReadonlyMap<string, U>;
  /** The newest update of each scope, in µs: one part of the exchange, one clock. */
  readonly newest: Mark;
  /** What is no newer than this, by scope, was already in the last answer. */
  readonly answered: Mark;
}

/** Where a picture stood as a read left: what is no newer had happened by then. In µs, by scope. */
export type Mark = ReadonlyMap<string, number>;

/** What a picture is of. */
export interface Subject<T, U extends { at: number }> {
  keyOf(update: U): string;
  /** Updates are in order of time within a scope: the market, or the asset. */
  scopeOf(update: U): string;
  /** The item after the update; `undefined` once it is no more. */
  after(known: T | undefined, update: U): T | undefined;
  /** Is this the end of its key, for good? Such an update counts however late it comes. */
  isEnd(update: U): boolean;
  /** Of what is known and what a read answered about one key, which to believe. */
  newer(known: T, answered: T): T;
}

/** How many keys that are no longer shown are remembered, so that a late update does not bring one back. */
const REMEMBERED = 5000;

export const emptyPicture = <T, U>(): Picture<T, U> => ({
  items: new Map(),
  traces: new Map(),
  newest: new Map(),
  answered: new Map(),
});

/** To be kept while a read is under way, and given with its answer. */
export const markOf = ({ newest }: Picture<unknown, unknown>): Mark => newest;

export function merged<T, U extends { at: number }>(
  subject: Subject<T, U>,
  picture: Picture<T, U>,
  updates: readonly U[],
): Picture<T, U> {
  const items = new Map(picture.items);
  const traces = new Map(picture.traces);
  const newest = new Map(picture.newest);
  for (const update of updates) {
    const key = subject.keyOf(update);
    const scope = subject.scopeOf(update);
    const before = traces.get(key);
    if (before && subject.isEnd(before)) continue;
    newest.set(scope, Math.max(update.at, newest.get(scope) ?? 0));
    const stale = update.at <= (picture.answered.get(scope) ?? -1) || update.at < (before?.at ?? 0);
    if (stale && !subject.isEnd(update)) continue;
    traces.delete(key);
    traces.set(key, update);
    const item = subject.after(items.get(key), update);
    if (item === undefined) items.delete(key);
    else items.set(key, item);
  }
  forget(items, traces);
  return { ...picture, items, traces, newest };
}

/**
 * The picture after a read's answer: the exchange's word for all that happened before the read left, with the updates on
 * top that came while it was under way.
 */
export function corrected<T, U extends { at: number }>(
  subject: Subject<T, U>,
  picture: Picture<T, U>,
  mark: Mark,
  answer: ReadonlyMap<string, T>,
): Picture<T, U> {
  const items = new Map<string, T>();
  for (const [key, answered] of answer) {
    const trace = picture.traces.get(key);
    if (trace && subject.isEnd(trace)) continue;
    const known = picture.items.get(key);
    items.set(key, known === undefined ? answered : subject.newer(known, answered));
  }
  for (const [key, update] of picture.traces) {
    if (update.at <= (mark.get(subject.scopeOf(update)) ?? -1)) continue;
    const item = subject.after(items.get(key) ?? picture.items.get(key), update);
    if (item === undefined) items.delete(key);
    else items.set(key, item);
  }
  return { ...picture, items, answered: mark };
}

/** Lets go of what was unheard of for longest, now and then rather than at every update. */
function forget(items: ReadonlyMap<string, unknown>, traces: Map<string, unknown>): void {
  if (traces.size < items.size + REMEMBERED * 1.2) return;
  let spare = traces.size - items.size - REMEMBERED;
  for (const key of traces.keys()) {
    if (spare <= 0) return;
    if (items.has(key)) continue;
    traces.delete(key);
    spare -= 1;
  }
}
