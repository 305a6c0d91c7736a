import { type Amount, amount, plain, zero } from './decimal.ts';
import { type GivenRows, noRows } from './given-rows.ts';
import type { Order, PracticeFill } from './order.ts';
import type { Deposit, Withdrawal } from './transfer.ts';

export interface Holding {
  available: Amount;
  locked: Amount;
  staked: Amount;
}

/** A net position in one perpetual market. Cost and margin are in the quote asset. */
export interface Position {
  readonly id: string;
  readonly symbol: string;
  netQuantity: Amount;
  netCost: Amount;
  margin: Amount;
  pnlRealized: Amount;
}

export interface Account {
  readonly apiKey: string;
  /** False for a key that signs well but that nobody registered. */
  readonly registered: boolean;
  readonly readOnly: boolean;
  readonly holdings: Map<string, Holding>;
  readonly positions: Map<string, Position>;
  readonly closedPositions: Position[];
  /** Every order ever accepted, oldest first. */
  readonly orders: Order[];
  readonly fills: { readonly at: number; readonly fill: PracticeFill }[];
  readonly deposits: Deposit[];
  readonly withdrawals: Withdrawal[];
  readonly givenRows: GivenRows;
}

export type BalancesGiven = Readonly<
  Record<string, { available: string; locked?: string; staked?: string }>
>;
export type Balances = Record<string, { available: string; locked: string; staked: string }>;

export function createAccount(
  apiKey: string,
  options: { registered: boolean; readOnly?: boolean; balances?: BalancesGiven | undefined },
): Account {
  const holdings = new Map(
    Object.entries(options.balances ?? {}).map(([asset, given]) => [
      asset,
      {
        available: amount(given.available),
        locked: amount(given.locked ?? '0'),
        staked: amount(given.staked ?? '0'),
      },
    ]),
  );
  return {
    apiKey,
    registered: options.registered,
    readOnly: options.readOnly ?? false,
    holdings,
    positions: new Map(),
    closedPositions: [],
    orders: [],
    fills: [],
    deposits: [],
    withdrawals: [],
    givenRows: noRows(),
  };
}

export function holdingOf(account: Account, asset: string): Holding {
  const known = account.holdings.get(asset);
  if (known) return known;
  const fresh = { available: zero, locked: zero, staked: zero };
  account.holdings.set(asset, fresh);
  return fresh;
}

export const availableOf = (account: Account, asset: string): Amount =>
  account.holdings.get(asset)?.available ?? zero;

/** Move from available to locked; a negative amount moves back. */
export function lock(account: Account, asset: string, value: Amount): void {
  const holding = holdingOf(account, asset);
  holding.available = holding.available.minus(value);
  holding.locked = holding.locked.plus(value);
}

export function credit(account: Account, asset: string, value: Amount): void {
  const holding = holdingOf(account, asset);
  holding.available = holding.available.plus(value);
}

export function balancesOf(account: Account): Balances {
  const entries = [...account.holdings].map(([asset, { available, locked, staked }]) => {
    const balance = {
      available: plain(available),
      locked: plain(locked),
      staked: plain(staked),
    };
    return [asset, balance] as const;
  });
  return Object.fromEntries(entries);
}
