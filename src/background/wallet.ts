import type { UseStore } from 'idb-keyval';
import type { StoreName } from '../platform/database.ts';
import { createDrafts } from './records/drafts.ts';
import { createSnapshots } from './records/snapshots.ts';
import type { Door } from './router.ts';
import { createLive, type Live, type LiveDependencies } from './streams/live.ts';
import { createWalletDoor } from './wallet/wallet-door.ts';
import { createWalletHandlers, type WalletServices } from './wallet/wallet-handlers.ts';

type Made = 'snapshots' | 'drafts' | 'live' | 'addressBook' | 'store';

export interface WalletDependencies extends Omit<WalletServices, Made> {
  store: (name: StoreName) => UseStore;
  /** Validity of a request in ms. */
  window: LiveDependencies['window'];
  randomId: () => string;
}

/** What Buckle's own pages ask, and what they are shown as it happens. A part of its own: most of the time none is open. */
export interface Wallet {
  door: Door;
  live: Live;
  /** The vault was locked: drops everything private from memory. */
  forget(): void;
}

export function createWallet(deps: WalletDependencies): Wallet {
  const { vault: seals, store, now, randomId } = deps;
  const snapshots = createSnapshots({ store: store('sealed'), seals, now });
  const drafts = createDrafts({ store: store('sealed'), seals });
  const live = createLive({
    ...deps,
    random: Math.random,
    open: (url) => new WebSocket(url),
    after: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  });
  const handlers = createWalletHandlers({
    ...deps,
    ...{ snapshots, drafts, live },
    addressBook: { store: store('sealed'), seals, now, randomId },
    store: store('clear'),
  });
  return {
    door: createWalletDoor(handlers, async () => (await seals.status()) === 'unlocked'),
    live,
    forget() {
      live.end();
      snapshots.forget();
    },
  };
}
