import { createDust, createSettings } from './account-settings.ts';
import type { Account } from './accounts.ts';
import type { Engine } from './engine.ts';
import { createFunding } from './funding.ts';
import { createLending } from './lending.ts';
import type { Side } from './order.ts';
import { createIds, createRandom } from './random.ts';
import { createRfqs } from './rfq.ts';
import { knownMarket } from './rules.ts';
import { createStrategies } from './strategies.ts';
import { createVaults } from './vaults.ts';

/** Everything that the exchange does beside its order books and its transfers. */
export type Desks = ReturnType<typeof createDesks>;

export function createDesks(options: {
  seed: number;
  engine: Engine;
  maker: Account;
  accounts(): Iterable<Account>;
  clock(): number;
  now(): number;
}) {
  const { seed, engine, maker, accounts, clock, now } = options;
  // Numbers of their own, so that orders keep theirs.
  const nextId = createIds(createRandom(seed + 1));
  const shared = { engine, clock, now, nextId };
  const rfqs = createRfqs({ ...shared, maker });
  const strategies = createStrategies(shared);
  const vaults = createVaults(shared);
  return {
    settings: createSettings(),
    dust: createDust(shared),
    lending: createLending(shared),
    funding: createFunding({
      accounts,
      markOf: (symbol) => engine.venue(knownMarket(symbol)).mark,
      clock,
      now,
      house: engine.house,
    }),
    rfqs,
    strategies,
    vaults,
    /** Does what the time has brought about. */
    settle(): void {
      rfqs.expire();
      strategies.advance();
      vaults.settle();
    },
  };
}

/** What a test may do at the desks. */
export interface DeskControls {
  /** Longs pay shorts at this rate; below zero the other way round. */
  payFunding(symbol: string, rate: string): void;
  /** Who borrowed pays and who lent receives, at this rate. */
  payInterest(rate: string): void;
  /** The market maker asks for quotes. Returns the request's id. */
  askForQuotes(symbol: string, side: Side, quantity: string): string;
  /** The market maker takes a quote that it was given. */
  acceptQuote(quoteId: string): void;
  /** Whose key may see the vault's own figures. */
  setVaultOwner(apiKey: string): void;
}

export const deskControls = ({ funding, lending, rfqs, vaults }: Desks): DeskControls => ({
  payFunding: funding.pay,
  payInterest: lending.payInterest,
  askForQuotes: rfqs.askByHouse,
  acceptQuote: rfqs.acceptByHouse,
  setVaultOwner: vaults.setOwner,
});
