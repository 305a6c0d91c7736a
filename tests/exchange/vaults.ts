import { type Account, availableOf, credit, lock } from './accounts.ts';
import { type Amount, cut, plain, zero } from './decimal.ts';
import { refuse } from './refusal.ts';

/** The one vault there is. Its shares are worth the same at all times. */
export const VAULT = {
  id: 1,
  token: 'USDCVAULT',
  symbol: 'USDC',
  nav: '1.25',
  minMint: '10',
  minRedeem: '1',
  redeemDelayMs: 3_600_000,
} as const;

export interface Redeem {
  readonly id: string;
  readonly account: Account;
  readonly tokens: Amount;
  readonly createdAt: number;
  readonly dueAt: number;
  status: 'Requested' | 'Redeemed' | 'Cancelled';
  /** By the server's clock, and the true time that the lag of histories is counted in. */
  timestamp: number;
  changedAt: number;
}

export function createVaults(options: { clock(): number; now(): number; nextId(): string }) {
  const { clock, now, nextId } = options;
  const redeems: Redeem[] = [];
  const mints: { readonly account: Account; readonly at: number; readonly row: object }[] = [];
  let owner: string | undefined;
  let supply = zero;

  function known(vaultId: number): void {
    if (vaultId !== VAULT.id) throw refuse('RESOURCE_NOT_FOUND', 'Vault not found', 404);
  }
  const pendingOf = (account: Account): Redeem | undefined =>
    redeems.find((each) => each.account === account && each.status === 'Requested');

  function change(redeem: Redeem, status: Redeem['status']): void {
    redeem.status = status;
    redeem.timestamp = clock();
    redeem.changedAt = now();
  }

  return {
    mints: (account: Account) => mints.filter((each) => each.account === account),
    redeems: (account: Account) => redeems.filter((each) => each.account === account),
    pending: () => redeems.filter(({ status }) => status === 'Requested'),
    supply: () => supply,
    isOwner: ({ apiKey }: Account): boolean => apiKey === owner,
    setOwner(apiKey: string): void {
      owner = apiKey;
    },
    /** Pays out what has waited its time. */
    settle(): void {
      for (const redeem of redeems) {
        if (redeem.status !== 'Requested' || redeem.dueAt > now()) continue;
        lock(redeem.account, VAULT.token, redeem.tokens.neg());
        credit(redeem.account, VAULT.token, redeem.tokens.neg());
        credit(redeem.account, VAULT.symbol, redeem.tokens.times(VAULT.nav));
        supply = supply.minus(redeem.tokens);
        change(redeem, 'Redeemed');
      }
    },
    mint(account: Account, vaultId: number, symbol: string, quantity: Amount): void {
      known(vaultId);
      if (symbol !== VAULT.symbol) throw refuse('INVALID_ASSET', 'Invalid asset');
      if (quantity.lt(VAULT.minMint))
        throw refuse('INVALID_QUANTITY', 'Quantity is below the minimum quantity');
      if (quantity.gt(availableOf(account, symbol)))
        throw refuse('INSUFFICIENT_FUNDS', 'Insufficient funds');
      const tokens = cut(quantity.div(VAULT.nav), 6);
      credit(account, symbol, quantity.neg());
      credit(account, VAULT.token, tokens);
      supply = supply.plus(tokens);
      const row = {
        id: nextId(),
        vaultId,
        vaultToken: VAULT.token,
        symbol,
        quantity: plain(quantity),
        vaultTokensMinted: plain(tokens),
        nav: VAULT.nav,
        timestamp: clock(),
      };
      mints.push({ account, at: now(), row });
    },
    /** All shares if no number is given. One wish at a time. */
    request(account: Account, vaultId: number, asked: Amount | undefined): void {
      known(vaultId);
      const available = availableOf(account, VAULT.token);
      const tokens = asked ?? available;
      if (pendingOf(account))
        throw refuse('PRECONDITION_FAILED', 'A redeem request is already pending');
      if (tokens.lt(VAULT.minRedeem))
        throw refuse('INVALID_QUANTITY', 'Quantity is below the minimum quantity');
      if (tokens.gt(available)) throw refuse('INSUFFICIENT_FUNDS', 'Insufficient funds');
      lock(account, VAULT.token, tokens);
      redeems.push({
        id: nextId(),
        account,
        tokens,
        createdAt: clock(),
        dueAt: now() + VAULT.redeemDelayMs,
        status: 'Requested',
        timestamp: clock(),
        changedAt: now(),
      });
    },
    cancel(account: Account, vaultId: number): void {
      known(vaultId);
      const redeem = pendingOf(account);
      if (!redeem) throw refuse('RESOURCE_NOT_FOUND', 'No pending redeem request', 404);
      lock(account, VAULT.token, redeem.tokens.neg());
      change(redeem, 'Cancelled');
    },
  };
}
