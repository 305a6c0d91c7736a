import { type Account, availableOf, credit } from './accounts.ts';
import { assetOf } from './assets.ts';
import { type Amount, amount, cut, maxOf, minOf, plain, zero } from './decimal.ts';
import type { Engine } from './engine.ts';
import { naive } from './order.ts';
import { refuse } from './refusal.ts';
import { assetsValue, worthOf } from './worth.ts';

export type LendSide = 'Borrow' | 'Lend';

/** Below zero: borrowed. */
export interface LoanPosition {
  readonly id: string;
  readonly symbol: string;
  readonly createdAt: number;
  netQuantity: Amount;
  interest: Amount;
  side: LendSide;
}
export interface Row {
  readonly at: number;
  readonly row: object;
}
interface Book {
  readonly positions: Map<string, LoanPosition>;
  readonly closed: LoanPosition[];
  readonly movements: Row[];
  readonly interest: Row[];
}

/** How much of what an account holds it may owe. */
const SHARE = '0.5';

/** Borrowing and lending: money that moves between an account's balance and its position in an asset. */
export function createLending(options: {
  engine: Engine;
  clock(): number;
  now(): number;
  nextId(): string;
}) {
  const { engine, clock, now, nextId } = options;
  const books = new Map<Account, Book>();

  function bookOf(account: Account): Book {
    const known = books.get(account);
    if (known) return known;
    const fresh = { positions: new Map(), closed: [], movements: [], interest: [] };
    books.set(account, fresh);
    return fresh;
  }

  /** What the account lent less what it borrowed, in USDC. */
  const netValue = (account: Account): Amount =>
    [...bookOf(account).positions.values()].reduce(
      (sum, { symbol, netQuantity }) => sum.plus(netQuantity.times(worthOf(engine, symbol))),
      zero,
    );
  const owed = (account: Account): Amount =>
    [...bookOf(account).positions.values()].reduce(
      (sum, { symbol, netQuantity }) =>
        sum.plus(maxOf(netQuantity.neg(), zero).times(worthOf(engine, symbol))),
      zero,
    );

  function borrowable(account: Account, symbol: string): Amount {
    const worth = worthOf(engine, symbol);
    if (worth.eq(0)) return zero;
    const equity = assetsValue(engine, account).plus(netValue(account));
    const room = maxOf(equity.times(SHARE).minus(owed(account)), zero);
    return cut(room.div(worth), 6);
  }

  function move(account: Account, symbol: string, event: string, change: Amount): void {
    const book = bookOf(account);
    const position = book.positions.get(symbol) ?? {
      id: nextId(),
      symbol,
      createdAt: clock(),
      netQuantity: zero,
      interest: zero,
      side: change.gt(0) ? 'Lend' : 'Borrow',
    };
    position.netQuantity = position.netQuantity.plus(change);
    credit(account, symbol, change.neg());
    book.movements.push({
      at: now(),
      row: {
        eventType: event,
        positionId: position.id,
        positionQuantity: plain(position.netQuantity.abs()),
        quantity: plain(change.abs()),
        source: 'Manual',
        symbol,
        timestamp: naive(clock()),
        spotMarginOrderId: null,
      },
    });
    if (!position.netQuantity.eq(0)) {
      book.positions.set(symbol, position);
    } else if (book.positions.delete(symbol)) {
      book.closed.push(position);
    }
  }

  /** The opposite side of an open position first pays it back. @throws Refusal, before anything has moved. */
  function execute(account: Account, symbol: string, side: LendSide, quantity: Amount): void {
    if (!assetOf(symbol)) throw refuse('INVALID_ASSET', 'Invalid asset');
    if (!quantity.gt(0)) throw refuse('INVALID_QUANTITY', 'Quantity must be greater than zero');
    const net = bookOf(account).positions.get(symbol)?.netQuantity ?? zero;
    const back = minOf(maxOf(side === 'Lend' ? net.neg() : net, zero), quantity);
    const rest = quantity.minus(back);
    if (side === 'Lend' && quantity.gt(availableOf(account, symbol)))
      throw refuse('INSUFFICIENT_FUNDS', 'Insufficient funds');
    if (side === 'Borrow' && rest.gt(borrowable(account, symbol)))
      throw refuse('BORROW_LIMIT', 'Borrow limit exceeded');
    const sign = side === 'Lend' ? 1 : -1;
    if (back.gt(0))
      move(account, symbol, side === 'Lend' ? 'BorrowRepay' : 'LendRedeem', back.times(sign));
    if (rest.gt(0)) move(account, symbol, side, rest.times(sign));
  }

  /** Charge who borrowed and pay who lent, at this rate. */
  function payInterest(rate: string): void {
    for (const { positions, interest } of books.values()) {
      for (const position of positions.values()) {
        const quantity = cut(position.netQuantity.times(rate), 12);
        position.netQuantity = position.netQuantity.plus(quantity);
        position.interest = position.interest.plus(quantity);
        interest.push({
          at: now(),
          row: {
            paymentType: quantity.gt(0) ? 'Lend' : 'Borrow',
            interestRate: plain(amount(rate)),
            interval: 3_600_000,
            marketSymbol: position.symbol,
            positionId: position.id,
            quantity: plain(quantity),
            symbol: position.symbol,
            timestamp: naive(clock()),
          },
        });
      }
    }
  }

  return { bookOf, netValue, owed, borrowable, execute, payInterest };
}
export type Lending = ReturnType<typeof createLending>;
