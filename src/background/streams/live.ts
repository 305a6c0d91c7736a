import { invalid, isAppError } from '../../core/errors.ts';
import type { Exchange, Identity } from '../../exchange/client.ts';
import { type After, createConnection, type Socket } from '../../exchange/streams/connection.ts';
import type { WalletEvent, WalletHandlers } from '../../messaging/contract.ts';
import type { Vault } from '../../vault/vault.ts';
import { type AccountStream, type Connect, createAccountStream } from './account-stream.ts';
import { createBatches } from './event-batches.ts';
import { createMarketStreams } from './market-streams.ts';

export interface LiveDependencies {
  exchange: Pick<Exchange, 'market' | 'subscription'>;
  /** @throws LOCKED */
  vault: Pick<Vault, 'accounts'>;
  /** @throws LOCKED, INVALID_INPUT for an account that is not there. */
  identity: (account: string) => Promise<Identity>;
  /** Validity of a request in ms. */
  window: () => Promise<number>;
  open: (url: string) => Socket;
  announce: (event: WalletEvent) => void;
  after: After;
  now: () => number;
  random: () => number;
}

export interface Live {
  handlers: Pick<WalletHandlers, 'live.watch' | 'live.leave'>;
  /** The account is no longer ours: nothing of it is heard any more. */
  accountRemoved(account: string): void;
  /** At a lock: every stream ends. Surfaces that unlock say anew what they show. */
  end(): void;
}

interface Watching {
  account?: string | undefined;
  market?: string | undefined;
  depth?: boolean | undefined;
  /** When it last said so. */
  at: number;
}

/** A surface that is there says so every ten seconds. */
const GONE_MS = 25_000;
/** A signature of ours that got lost opens private streams to whoever has it, for no longer than this. */
const LONGEST_WINDOW_MS = 5_000;
const LEVELS = 500;

/**
 * What surfaces watch, and the streams that are open for them: those of an account and those of markets, each for as long as
 * a surface says that it shows them. All of it is in memory. A background that was stopped begins anew with the next word of a
 * surface, and a stream that begins asks surfaces to read once what they may have missed.
 */
export function createLive(deps: LiveDependencies): Live {
  const { exchange, after, now } = deps;
  const surfaces = new Map<string, Watching>();
  const accounts = new Map<string, AccountStream>();
  const batches = createBatches({ announce: deps.announce, after });
  let cancelSweep = (): void => undefined;

  const connect: Connect = (parts) =>
    createConnection({ ...parts, open: deps.open, after, now, random: deps.random });
  const markets = createMarketStreams({
    ...{ connect, batches, after },
    depth: (symbol) => exchange.market('depth', { symbol, limit: LEVELS }),
  });
  const signed = async (account: string, streams: readonly string[]) => {
    try {
      const window = Math.min(await deps.window(), LONGEST_WINDOW_MS);
      return await exchange.subscription(await deps.identity(account), streams, window);
    } catch (error) {
      // Locked since the surface spoke, by a word that came before its own.
      if (isAppError(error, 'LOCKED')) end();
      throw error;
    }
  };

  const close = (account: string): void => {
    accounts.get(account)?.close();
    accounts.delete(account);
  };

  /** Makes what is open what is watched. */
  const tend = (): void => {
    const time = now();
    for (const [surface, { at }] of surfaces) if (time - at >= GONE_MS) surfaces.delete(surface);
    const wanted = new Set<string>();
    const shown = new Map<string, boolean>();
    for (const { account, market, depth = false } of surfaces.values()) {
      if (account !== undefined) wanted.add(account);
      if (market !== undefined) shown.set(market, depth || shown.get(market) === true);
    }
    for (const account of accounts.keys()) if (!wanted.has(account)) close(account);
    for (const account of wanted) {
      if (accounts.has(account)) continue;
      accounts.set(account, createAccountStream(account, { connect, signed, batches, after }));
    }
    markets.show(shown);
    cancelSweep();
    const oldest = Math.min(...[...surfaces.values()].map(({ at }) => at));
    if (surfaces.size > 0) cancelSweep = after(oldest + GONE_MS - time, tend);
  };

  function end(): void {
    surfaces.clear();
    tend();
    batches.clear();
  }

  return {
    handlers: {
      async 'live.watch'({ surface, account, market, depth }) {
        const known = await deps.vault.accounts();
        if (account !== undefined && !known.some(({ id }) => id === account)) {
          throw invalid('account', 'unknown-key');
        }
        surfaces.set(surface, { account, market, depth, at: now() });
        tend();
        // Somebody is looking: with a network again, perhaps.
        for (const stream of accounts.values()) stream.hurry();
        markets.hurry();
        return {
          account: (account !== undefined && accounts.get(account)?.state) || 'off',
          market: market === undefined ? 'off' : markets.stateOf(market),
        };
      },
      async 'live.leave'({ surface }) {
        if (surfaces.delete(surface)) tend();
        return {};
      },
    },
    accountRemoved(account) {
      for (const watching of surfaces.values()) {
        if (watching.account === account) delete watching.account;
      }
      tend();
    },
    end,
  };
}
