import { type Account, availableOf, credit } from './accounts.ts';
import { addressFrom, type Chain, isChain, sameAddress, transactionHash } from './addresses.ts';
import { type Token, tokenOf } from './assets.ts';
import { type Amount, amount, zero } from './decimal.ts';
import { refuse } from './refusal.ts';
import { collect, type Ledger } from './settlement.ts';
import type { Change, Deposit, Withdrawal, WithdrawalStep } from './transfer.ts';
import { usualSchedule } from './transfer.ts';

/** How long one confirmation of a deposit takes. */
export const CONFIRMATION_MS = 1_000;
const HOUR_MS = 3_600_000;

export interface DepositGiven {
  readonly symbol: string;
  readonly blockchain: string;
  readonly quantity: string;
  /** It is `pending` for so many times {@link CONFIRMATION_MS}, then confirmed and in the balance; 0 by default. */
  readonly confirmations?: number;
  /** Stay at this status instead, and never reach the balance; any word will do. */
  readonly status?: string;
}
export interface WithdrawalOrder {
  readonly symbol: string;
  readonly blockchain: Chain;
  readonly address: string;
  readonly quantity: string;
  readonly clientId: string | undefined;
  readonly autoBorrow: boolean | undefined;
  readonly token: Token;
  /** Whether the address book spares this address the account's delay. */
  readonly isExempt: boolean;
}

interface Options {
  readonly seed: number;
  clock(): number;
  now(): number;
  accounts(): Iterable<Account>;
  /** The house keeps the fees. */
  readonly house: Ledger;
}

export type Transfers = ReturnType<typeof createTransfers>;

/** Money that comes from and goes to chains, or to another account of the exchange. */
export function createTransfers({ seed, clock, now, accounts, house }: Options) {
  let lastId = 5_479_928;
  let schedule = usualSchedule;
  let feeInside = true;
  let delayHours = 0;
  const conflicts = new Set<string>();
  const unsettled = new Set<Deposit>();
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };

  const depositAddress = (apiKey: string, chain: Chain): string =>
    addressFrom(chain, `${seed} ${apiKey}`);
  const planned = (steps: readonly WithdrawalStep[], delayMs: number): Change[] =>
    steps.map(({ afterMs, ...step }) => ({
      ...step,
      at: now() + afterMs + (afterMs === 0 ? 0 : delayMs),
    }));

  /** Bring what was confirmed meanwhile into the balances. */
  function settle(): void {
    for (const deposit of unsettled) {
      if (!deposit.changes.some(({ at, status }) => status === 'confirmed' && at <= now()))
        continue;
      credit(deposit.account, deposit.symbol, deposit.quantity);
      unsettled.delete(deposit);
    }
  }

  function arrive(account: Account, deposit: Omit<Deposit, 'id' | 'account' | 'createdAt'>) {
    const arrived = { id: nextId(), account, createdAt: clock(), ...deposit };
    account.deposits.push(arrived);
    unsettled.add(arrived);
    settle();
    return arrived.id;
  }

  function deposit(account: Account, given: DepositGiven): number {
    const { symbol, blockchain, confirmations = 0, status } = given;
    if (!isChain(blockchain) || !tokenOf(symbol, blockchain))
      throw new Error(`no ${symbol} on ${blockchain}`);
    const confirmed = { at: now() + confirmations * CONFIRMATION_MS, status: 'confirmed' };
    const pending = { at: now(), status: status ?? 'pending' };
    return arrive(account, {
      symbol,
      quantity: amount(given.quantity),
      source: blockchain.charAt(0).toLowerCase() + blockchain.slice(1),
      fromAddress: addressFrom(blockchain, `${seed} somebody`),
      toAddress: depositAddress(account.apiKey, blockchain),
      transactionHash: transactionHash(blockchain, `${seed} deposit ${lastId}`),
      changes: status === undefined ? [pending, confirmed] : [pending],
    });
  }

  const ownerOf = (chain: Chain, address: string): Account | undefined =>
    [...accounts()].find(({ apiKey }) => sameAddress(depositAddress(apiKey, chain), address));

  /** Fees and whether they come out of the quantity: undocumented, so both can be had. */
  function cost(quantity: Amount, fee: Amount): { debited: Amount; received: Amount } {
    return feeInside
      ? { debited: quantity, received: quantity.minus(fee) }
      : { debited: quantity.plus(fee), received: quantity };
  }

  /** @throws Refusal when the account cannot pay; then nothing has changed. The same clientId again is no hindrance. */
  function withdraw(account: Account, order: WithdrawalOrder): Withdrawal {
    const { symbol, blockchain, address, quantity, clientId, token, isExempt } = order;
    const recipient = ownerOf(blockchain, address);
    const fee = recipient ? zero : amount(token.withdrawalFee);
    const { debited, received } = cost(amount(quantity), fee);
    if (availableOf(account, symbol).lt(debited))
      throw order.autoBorrow
        ? refuse('BORROW_LIMIT', 'Borrow limit exceeded')
        : refuse('INSUFFICIENT_FUNDS', 'Insufficient funds');

    credit(account, symbol, debited.neg());
    collect(house, symbol, fee);
    const id = nextId();
    const delayMs = isExempt ? 0 : delayHours * HOUR_MS;
    const withdrawal: Withdrawal = {
      id,
      symbol,
      blockchain,
      address,
      quantity,
      fee,
      debited,
      received,
      clientId,
      createdAt: clock(),
      triggerAt: delayMs === 0 ? undefined : clock() + delayMs,
      transactionHash: transactionHash(blockchain, `${seed} withdrawal ${id}`),
      isInternal: recipient !== undefined,
      changes: recipient ? [{ at: now(), status: 'confirmed' }] : planned(schedule, delayMs),
    };
    account.withdrawals.push(withdrawal);
    if (recipient)
      arrive(recipient, {
        symbol,
        quantity: received,
        source: 'internal',
        fromAddress: null,
        toAddress: null,
        transactionHash: null,
        changes: [{ at: now(), status: 'confirmed' }],
      });
    return withdrawal;
  }

  function setSchedule(steps: readonly WithdrawalStep[], id?: number): void {
    if (steps[0]?.afterMs !== 0) throw new Error('the first step is at 0');
    if (id === undefined) {
      schedule = steps;
      return;
    }
    const known = [...accounts()].flatMap((account) => account.withdrawals);
    const withdrawal = known.find((candidate) => candidate.id === id);
    if (!withdrawal) throw new Error(`no withdrawal ${id}`);
    withdrawal.changes.push(...planned(steps, 0));
  }

  return {
    settle,
    deposit,
    withdraw,
    depositAddress,
    setSchedule,
    hasConflict: (chain: string): boolean => conflicts.has(chain),
    setConflicts(names: readonly string[]): void {
      conflicts.clear();
      for (const name of names) conflicts.add(name);
    },
    setFee(where: 'inside' | 'on-top'): void {
      feeInside = where === 'inside';
    },
    setDelay(hours: number): void {
      delayHours = hours;
    },
  };
}
