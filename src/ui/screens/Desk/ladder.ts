import {
  add,
  assertDecimal,
  compare,
  type Decimal,
  divide,
  isZero,
  multiply,
  subtract,
} from '../../../core/decimal.ts';

/** One price of an order book and what stands there. */
export type BookLevel = readonly [price: Decimal, quantity: Decimal];

/** One line of a ladder. */
export interface Rung {
  price: Decimal;
  quantity: Decimal;
  /** What stands at this price and at every better one. */
  total: Decimal;
  /** `total` in thousandths of the largest of both sides. */
  permille: number;
}

const ZERO = assertDecimal('0');
const TWO = assertDecimal('2');
const HUNDRED = assertDecimal('100');
const THOUSAND = assertDecimal('1000');

type Summed = Omit<Rung, 'permille'>;

function summed(levels: readonly BookLevel[]): Summed[] {
  let total = ZERO;
  return levels.map(([price, quantity]) => {
    total = add(total, quantity);
    return { price, quantity, total };
  });
}

/** The best `count` prices of each side, the best first, with what stands up to each. */
export function ladder(
  { bids, asks }: { bids: readonly BookLevel[]; asks: readonly BookLevel[] },
  count: number,
): { bids: readonly Rung[]; asks: readonly Rung[] } {
  const sides = [bids, asks].map((levels) => summed(levels.slice(0, count)));
  const most = sides
    .flatMap((side) => side.at(-1)?.total ?? [])
    .reduce((a, b) => (compare(a, b) > 0 ? a : b), ZERO);
  const rungs = (side: readonly Summed[] = []): Rung[] =>
    side.map((each) => ({
      ...each,
      permille: isZero(most) ? 0 : Number(divide(multiply(each.total, THOUSAND), most, 0)),
    }));
  return { bids: rungs(sides[0]), asks: rungs(sides[1]) };
}

/** How far the best ask is above the best bid: in the quote asset, and in percent of the middle. `undefined` unless there are both. */
export function spreadOf(
  bid: Decimal | undefined,
  ask: Decimal | undefined,
): { absolute: Decimal; percent: Decimal } | undefined {
  if (bid === undefined || ask === undefined) return undefined;
  const absolute = subtract(ask, bid);
  const middle = divide(add(bid, ask), TWO, 24);
  if (isZero(middle)) return undefined;
  return { absolute, percent: divide(multiply(absolute, HUNDRED), middle, 3) };
}
