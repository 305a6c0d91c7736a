import { expect } from 'vitest';
import type { Driver, Surface } from '../drivers/driver.ts';
import { launch } from '../drivers/launch.ts';
import type { BalancesGiven } from '../exchange/accounts.ts';
import { createPracticeExchange, type PracticeExchange } from '../exchange/exchange.ts';
import { keyPair } from '../exchange/keys.ts';
import { plenty } from '../exchange/seed-account.ts';
import { type PracticeServer, startServer } from '../exchange/server.ts';
import { createSites } from '../site/server.ts';
import type { HttpProxy } from './proxy.ts';
import type { KeyToImport } from './steps.ts';

/** A browser with Buckle in it, and the exchange that it talks to. */
export interface World {
  readonly driver: Driver;
  readonly exchange: PracticeExchange;
  readonly server: PracticeServer;
  /** What pages of sites have told their server. */
  readonly said: readonly unknown[];
  /** How many requests of that instruction have arrived so far. */
  arrived(instruction: string): number;
  /** How many requests that would change something have arrived so far, signed well or not. */
  changes(): number;
  /** The `Origin` headers that came, none among them, by method. */
  origins(): ReadonlyMap<string, ReadonlySet<string | undefined>>;
  close(): Promise<void>;
}

/**
 * @param options.extensionDir - A folder to load instead of the build's.
 * @param options.http2 - What the exchange speaks to who offers it; HTTP/1.1 unless given.
 * @param options.proxy - What the browser is set to go through.
 */
export async function createWorld(
  options: { extensionDir?: string; http2?: boolean; proxy?: HttpProxy } = {},
): Promise<World> {
  const exchange = createPracticeExchange();
  const said: unknown[] = [];
  const origins = new Map<string, Set<string | undefined>>();
  const server = await startServer(
    {
      ...exchange,
      handle(request) {
        const { method, headers } = request;
        origins.set(method, (origins.get(method) ?? new Set()).add(headers.origin));
        return exchange.handle(request);
      },
    },
    { http2: options.http2 ?? false, others: createSites(exchange, said) },
  );
  options.proxy?.leadTo(server.port);
  const through = options.proxy ? { proxyPort: options.proxy.port } : {};
  const { extensionDir } = options;
  const from = extensionDir === undefined ? {} : { extensionDir };
  const driver = await launch({ exchange: server, ...through, ...from }).catch(
    async (error: unknown) => {
      await server.close();
      throw error;
    },
  );
  return {
    driver,
    exchange,
    server,
    said,
    arrived: (instruction) =>
      exchange.requests().filter((request) => request.instruction === instruction).length,
    changes: () => exchange.requests().filter(({ method }) => method !== 'GET').length,
    origins: () => origins,
    async close() {
      await driver.close();
      await server.close();
    },
  };
}

/** A key by its number, with a name to give it. The exchange does not know it yet. */
export const keyOf = (label: string, keyNumber: number): KeyToImport => ({
  label,
  ...keyPair(keyNumber),
});

/** A key that the exchange knows, and what it holds. */
export function registeredKey(
  { exchange }: World,
  label: string,
  keyNumber: number,
  options: { balances?: BalancesGiven; readOnly?: boolean } = {},
): KeyToImport {
  const { balances = plenty, readOnly = false } = options;
  const key = keyOf(label, keyNumber);
  exchange.addAccount({ apiKey: key.apiKey, balances, readOnly });
  return key;
}

/** What a field says is wrong with it: the text that is tied to it, which is also announced. */
export async function errorBeside(surface: Surface, label: string | RegExp): Promise<string> {
  const field = surface.label(label);
  await expect.poll(() => field.attribute('aria-invalid')).toBe('true');
  const ids = (await field.attribute('aria-describedby'))?.split(' ') ?? [];
  const error = surface.css(`[id="${ids.at(-1)}"]`);
  expect(await error.attribute('role')).toBe('alert');
  return error.text();
}

/** What Buckle has on disk in this browser: records by store, stores without any left out. */
export const recordsOnDisk = (surface: Surface): Promise<Record<string, number>> =>
  surface.evaluate(`() => new Promise((done, fail) => {
    const opening = indexedDB.open('buckle');
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const found = {};
      const names = [...database.objectStoreNames];
      const transaction = database.transaction(names);
      for (const name of names) {
        const counting = transaction.objectStore(name).count();
        counting.onsuccess = () => { if (counting.result > 0) found[name] = counting.result; };
      }
      transaction.oncomplete = () => { database.close(); done(found); };
      transaction.onabort = () => fail(transaction.error);
    };
  })`);

/** How many records the journal has on disk. */
export const journalSize = async (surface: Surface): Promise<number> =>
  (await recordsOnDisk(surface)).journal ?? 0;
