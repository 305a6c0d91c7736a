import { get, set, type UseStore } from 'idb-keyval';
import { isAppError, within } from '../../core/errors.ts';
import type { Opening, WalletEvent, WalletHandlers } from '../../messaging/contract.ts';
import type { Corridor } from '../corridor/corridor.ts';
import type { Inspector } from '../network/inspector.ts';
import { type ApprovalServices, createApprovalHandlers } from '../pages/approval-handlers.ts';
import type { Approvals } from '../pages/approvals.ts';
import { type AddressBookServices, createAddressBookHandlers } from '../records/address-book.ts';
import type { Drafts } from '../records/drafts.ts';
import type { Journal } from '../records/journal.ts';
import { viewOf } from '../records/journal-entry.ts';
import type { Log } from '../records/log.ts';
import { createGrantHandlers } from '../sites/grant-handlers.ts';
import { createSiteHandlers, type SiteServices } from '../sites/site-handlers.ts';
import { type AccountServices, createAccountHandlers } from './account-handlers.ts';
import { createExchangeHandlers, type ExchangeServices } from './exchange-handlers.ts';

export interface WalletServices extends AccountServices, ExchangeServices {
  drafts: Drafts;
  journal: Journal;
  corridor: Pick<Corridor, 'prepare' | 'send' | 'edit'>;
  sites: SiteServices;
  approvals: ApprovalServices & Pick<Approvals, 'accountRemoved' | 'vaultReplaced'>;
  addressBook: AddressBookServices;
  inspector: Inspector;
  log: Log;
  /** Of what is stored in the clear. */
  store: UseStore;
  /** There was input in one of our surfaces: moves the auto-lock deadline. */
  touch: () => Promise<void>;
  /** The vault was opened: takes up what waits for it. */
  unlocked: () => Promise<void>;
  /** Deletes what a vault's keys have sealed: journal, snapshots, drafts. */
  clearSealed: () => Promise<void>;
  /** Deletes what is stored in the clear: settings and public data. */
  clearPlain: () => Promise<void>;
  announce: (event: WalletEvent) => void;
}

/** How many settled requests a surface is shown. */
const RECENT = 50;
const SELECTED = 'selected';

/** What Buckle's own pages may ask: thin, each handler a few words to a service. */
export function createWalletHandlers(services: WalletServices): WalletHandlers {
  const { vault, settings, snapshots, journal, corridor, store } = services;

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
    ...createAccountHandlers(services, { select: (id) => set(SELECTED, id, store), changed }),
    ...createExchangeHandlers(services, async () =>
      selected((await vault.accounts()).map(({ id }) => id)),
    ),
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

    'log.read': (asked) => services.log.read(asked),
    'log.verify': ({ from }) => services.log.verify(from),

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
