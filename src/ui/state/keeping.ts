import {
  correctBalances,
  correctOrders,
  correctPositions,
  mergeBalances,
  mergeOrders,
  mergePositions,
} from '../../exchange/streams/merge.ts';
import { emptyPicture, type Mark, markOf, type Picture } from '../../exchange/streams/picture.ts';
import type { BalanceUpdate, OrderUpdate, PositionUpdate } from '../../exchange/streams/updates.ts';
import type { Balances, MarkPrice, Order, Position, Ticker } from '../../exchange/types.ts';
import { type Following, known } from './remote.ts';

/** Keeps a value up by what streams tell of it. */
export interface Keeper<U> {
  tell(updates: readonly U[]): void;
  /** Another account's value is known now: nothing that was told of the one before counts. */
  restart(): void;
}

interface Kind<V, T, U> {
  merge(picture: Picture<T, U>, updates: readonly U[]): Picture<T, U>;
  correct(picture: Picture<T, U>, mark: Mark, answer: V): Picture<T, U>;
  valueOf(items: ReadonlyMap<string, T>): V;
}

function keep<V, T, U>(value: Following<V>, kind: Kind<V, T, U>): Keeper<U> {
  let picture = emptyPicture<T, U>();
  const correct = (mark: Mark, answer: V): V => {
    picture = kind.correct(picture, mark, answer);
    return kind.valueOf(picture.items);
  };
  const restart = (): void => {
    picture = emptyPicture();
    const last = known(value.state.peek());
    if (last) correct(markOf(picture), last.value);
  };
  restart();
  value.follow(() => {
    const mark = markOf(picture);
    return (answer) => correct(mark, answer);
  });
  return {
    restart,
    tell(updates) {
      picture = kind.merge(picture, updates);
      value.show(kind.valueOf(picture.items));
    },
  };
}

export const keepOrders = (value: Following<readonly Order[]>): Keeper<OrderUpdate> =>
  keep(value, {
    merge: mergeOrders,
    correct: correctOrders,
    valueOf: (items) => [...items.values()],
  });

export const keepPositions = (value: Following<readonly Position[]>): Keeper<PositionUpdate> =>
  keep(value, {
    merge: mergePositions,
    correct: correctPositions,
    valueOf: (items) => [...items.values()],
  });

export const keepBalances = (value: Following<Balances>): Keeper<BalanceUpdate> =>
  keep(value, {
    merge: mergeBalances,
    correct: correctBalances,
    valueOf: (items) => Object.fromEntries(items),
  });

/** For lists of public data with one row a market, of which one is streamed. */
function keepRow<T extends { symbol: string }>(value: Following<readonly T[]>): (row: T) => void {
  const put = (rows: readonly T[], row: T): readonly T[] =>
    rows.map((each) => (each.symbol === row.symbol ? row : each));
  /** What came while a read was under way is newer than its answer. */
  let told: T | undefined;
  value.follow(() => {
    told = undefined;
    return (answer) => (told ? put(answer, told) : answer);
  });
  return (row) => {
    told = row;
    const last = known(value.state.peek());
    if (last) value.show(put(last.value, row));
  };
}

export const keepTicker = (value: Following<readonly Ticker[]>) => keepRow(value);
export const keepMark = (value: Following<readonly MarkPrice[]>) => keepRow(value);
