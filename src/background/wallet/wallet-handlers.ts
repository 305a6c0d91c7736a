import { get, set, type UseStore } from 'idb-keyval';
import { AppError, invalid, isAppError, within } from '../../core/errors.ts';
import type { Exchange, Identity } from '../../exchange/client.ts';
import { instructions, isRead } from '../../exchange/instructions/index.ts';
import type { RateBucket } from '../../exchange/rate.ts';
import type { Opening, Snapshot, WalletEvent, WalletHandlers } from '../../messaging/contract.ts';
import { decide, withoutGrants } from '../../policy/decide.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Corridor } from '../corridor/corridor.ts';
import type { Inspector } from '../network/inspector.ts';
import type { MarketData } from '../network/market-data.ts';
import { createApprovalHandlers } from '../pages/approval-handlers.ts';
import type { Approvals } from '../pages/approvals.ts';
import { type AddressBookServices, createAddressBookHandlers } from '../records/address-book.ts';
import type { Drafts } from '../records/drafts.ts';
import type { Journal } from '../records/journal.ts';
import { viewOf } from '../records/journal-entry.ts';
import type { Log } from '../records/log.ts';
import { type Snapshots, snapshotOf } from '../records/snapshots.ts';
import type { SettingsStore } from '../settings.ts';
import { createGrantHandlers } from '../sites/grant-handlers.ts';
import type { Grants } from '../sites/grants.ts';
import { createSiteHandlers, type SiteServices } from '../sites/site-handlers.ts';
import type { Live } from '../streams/live.ts';

export interface WalletServices {
  vault: Vault;
  settings: SettingsStore;
  exchange: Exchange;
  marketData: MarketData;
  snapshots: Snapshots;
  drafts: Drafts;
  journal: Journal;
  corridor: Corridor;
  sites: SiteServices;
  approvals: Approvals;
  addressBook: AddressBookServices;
  inspector: Inspector;
  live: Live;
  rate: Pick<RateBucket, 'read'>;
  grants: Grants;
  log: Log;
  /** Of what is stored in the clear. */
  store: UseStore;
  /** Signs as that account. @throws LOCKED, INVALID_INPUT for an account that is not there. */
  identity: (account: string) => Promise<Identity>;
  /** There was input in one of our surfaces: moves the auto-lock deadline. */
  touch: () => Promise<void>;
  /** The vault was opened: takes up what waits for it. */
  unlocked: () => Promise<void>;
  /** Deletes what a vault's keys have sealed: journal, snapshots, drafts. */
  clearSealed: () => Promise<void>;
  /** Deletes what is stored in the clear: settings and public data. */
  clearPlain: () => Promise<void>;
  now: () => number;
  announce: (event: WalletEvent) => void;
  /** A failure that nobody waits for. */
  report: (error: unknown) => void;
}

/** How many settled requests a surface is shown. */
const RECENT = 50;
const SELECTED = 'selected';

/** What Buckle's own pages may ask: thin, each handler a few words to a service. */
export function createWalletHandlers(services: WalletServices): WalletHandlers {
  const { vault, settings, exchange, marketData, snapshots, journal, corridor, store } = services;

  /** The last thing seen is a help, not a duty: a full disk must not keep an answer from the screen. */
  const keep = (account: string, part: Snapshot): void => {
    snapshots.keep(account, part).catch(services.report);
  };

  const selected = async (ids: readonly string[]): Promise<string | undefined> => {
    const chosen: unknown = await get(SELECTED, store);
    return ids.find((id) => id === chosen) ?? ids[0];
  };

  const whatIsUnlocked = async (): Promise<Opening['unlocked']> => {
    const accounts = await vault.accounts();
    const chosen = await selected(accounts.map(({ id }) => id));
    const [snapshot, requests] = await Promise.all([
      chosen === undefined ? {} : snapshots.of(chosen),
      journal.recent(RECENT),
    ]);
    return {
      accounts: [...accounts],
      ...(chosen === undefined ? {} : { selected: chosen }),
      deadline: vault.deadline() ?? 0,
      ...(vault.lacksSecond() ? { lacksSecond: true } : {}),
      snapshot,
      requests: requests.map(viewOf),
    };
  };

  const outside = async (
    status: Opening['status'],
  ): Promise<Pick<Opening, 'status' | 'isOlder'>> =>
    status === 'locked' && (await vault.isOlder()) ? { status, isOlder: true } : { status };

  const open = async (): Promise<Opening> => {
    const [status, current] = await Promise.all([vault.status(), settings.read()]);
    if (status !== 'unlocked') return { ...(await outside(status)), settings: current };
    try {
      return { status, settings: current, unlocked: await whatIsUnlocked() };
    } catch (error) {
      // The deadline passed between the two looks.
      if (!isAppError(error, 'LOCKED')) throw error;
      return { status: 'locked', settings: current };
    }
  };

  /** The session changed by a person's hand: every other surface hears of it. */
  const changed = async (): Promise<Opening> => {
    const opening = await open();
    services.announce({ name: 'session', status: opening.status });
    return opening;
  };
  const entered = async (): Promise<Opening> => {
    await services.unlocked();
    return changed();
  };

  return {
    ...createGrantHandlers({ ...services, accounts: () => vault.accounts() }),
    ...createSiteHandlers(services.sites),
    ...createApprovalHandlers(services.approvals),
    ...createAddressBookHandlers(services.addressBook),
    ...services.inspector.handlers,
    ...services.live.handlers,
    'session.open': open,
    'session.create': async ({ password }) => {
      await vault.create(password);
      return entered();
    },
    'session.unlock': async ({ password }) => {
      await vault.unlock(password);
      return entered();
    },
    'session.lock': async () => {
      await vault.lock();
      return {};
    },
    'session.touch': async () => {
      await services.touch();
      const deadline = vault.deadline();
      return deadline === undefined ? {} : { deadline };
    },
    'session.changePassword': async ({ current, next }) => {
      await vault.changePassword(current, next);
      return {};
    },
    'session.backup': () => vault.backup(),
    'session.restore': async ({ text, password }) => {
      const before = await vault.vaultId();
      await vault.restore(text, password);
      // What another vault's key has sealed can never be read again. A damaged vault may be this very one: keep it.
      const another = before !== undefined && before !== (await vault.vaultId());
      if (another) {
        // While there is a journal that cannot be read: without one it would seem that nothing had been sent.
        await services.approvals.vaultReplaced().catch(services.report);
        await services.clearSealed();
      }
      return entered();
    },
    'session.erase': async () => {
      // The vault goes last of what is private: what a stopped erasure leaves can be erased again, and is no loss to explain.
      await vault.lock();
      await services.clearSealed();
      await vault.erase();
      await Promise.all([services.clearSealed(), services.clearPlain()]);
      return changed();
    },

    'accounts.import': async (input) => {
      const account = await vault.importAccount(input);
      await set(SELECTED, account.id, store);
      await changed();
      return account;
    },
    'accounts.generate': async (input) => {
      const account = await vault.generateAccount(input);
      await set(SELECTED, account.id, store);
      await changed();
      return account;
    },
    'accounts.verify': async ({ id }) => {
      const { windowMs } = await settings.read();
      try {
        await exchange.read(
          await services.identity(id),
          'accountQuery',
          {},
          {
            window: windowMs,
            asker: 'wallet',
          },
        );
      } catch (error) {
        // An unknown key is answered with nothing, or refused as unauthorised; both mean that nobody registered it.
        const empty = isAppError(error, 'BAD_ANSWER') && error.data.kind === 'empty';
        const refused = isAppError(error, 'EXCHANGE') && error.data.status === 401;
        if (empty || refused) throw new AppError('UNREGISTERED_KEY', undefined, { cause: error });
        throw error;
      }
      const account = await vault.activateAccount(id);
      await changed();
      return account;
    },
    'accounts.rename': async ({ id, label }) => {
      const account = await vault.renameAccount(id, label);
      await changed();
      return account;
    },
    'accounts.remove': async ({ id }) => {
      await vault.removeAccount(id);
      services.live.accountRemoved(id);
      await snapshots.remove(id);
      await services.grants.revokeAll(({ account }) => account === id);
      await services.approvals.accountRemoved(id);
      await changed();
      return {};
    },
    'accounts.select': async ({ id }) => {
      const accounts = await vault.accounts();
      if (!accounts.some((account) => account.id === id)) throw invalid('id', 'unknown-key');
      await set(SELECTED, id, store);
      return changed();
    },

    'exchange.read': async ({ account, instruction, params }) => {
      if (!isRead(instruction)) throw invalid('instruction', 'unknown-key');
      const { scope } = instructions[instruction];
      const caller = { zone: 'wallet' } as const;
      const asked = { caller, account, use: 'send', instruction, scope, params } as const;
      const decision = decide({ ...withoutGrants, asked, now: services.now() });
      if (decision.verdict !== 'allow') throw new AppError('UNAUTHORIZED', undefined);
      const { windowMs } = await settings.read();
      const identity = await services.identity(account);
      const options = { window: windowMs, asker: 'wallet' } as const;
      const { answer, total } = await exchange.read(identity, instruction, params, options);
      const at = services.now();
      keep(account, snapshotOf(instruction, params, { at, value: answer }));
      return { at, answer, ...(total === undefined ? {} : { total }) };
    },
    'exchange.market': async ({ name, params }) => {
      const timed = await marketData.read(name, params);
      const chosen = await selected((await vault.accounts()).map(({ id }) => id));
      if (chosen !== undefined && (name === 'tickers' || name === 'markPrices')) {
        keep(chosen, { [name]: { at: timed.at, value: timed.answer } } as Snapshot);
      }
      return timed;
    },

    'rate.read': async ({ account }) => {
      const found = (await vault.accounts()).find((each) => each.id === account);
      if (found === undefined) throw invalid('account', 'unknown-key');
      return services.rate.read(found.apiKey);
    },

    'requests.prepare': (asked) => corridor.prepare(asked),
    'requests.send': (confirmed) => corridor.send({ zone: 'wallet' }, confirmed),
    'requests.prepareEdit': async ({ account, order, params }) => ({
      cancel: await corridor
        .prepare({ account, instruction: 'orderCancel', params: order })
        .catch(within('order')),
      order: await corridor.prepare({ account, instruction: 'orderExecute', params }),
    }),
    'requests.edit': (confirmed) => corridor.edit(confirmed),
    'requests.list': async () => (await journal.recent(RECENT)).map(viewOf),

    'drafts.read': ({ form }) => services.drafts.read(form),
    'drafts.write': async ({ form, draft }) => {
      await services.drafts.write(form, draft);
      return {};
    },

    'settings.write': async (next) => {
      const written = await settings.write(next);
      await services.touch();
      await changed();
      return written;
    },
  };
}
