import { AppError, invalid, isAppError } from '../../core/errors.ts';
import type { Exchange, Identity } from '../../exchange/client.ts';
import type { Opening, WalletHandlers } from '../../messaging/contract.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Approvals } from '../pages/approvals.ts';
import type { Snapshots } from '../records/snapshots.ts';
import type { SettingsStore } from '../settings.ts';
import type { Grants } from '../sites/grants.ts';
import type { Live } from '../streams/live.ts';

export interface AccountServices {
  vault: Vault;
  settings: SettingsStore;
  exchange: Exchange;
  /** Signs as that account. @throws LOCKED, INVALID_INPUT for an account that is not there. */
  identity: (account: string) => Promise<Identity>;
  snapshots: Snapshots;
  live: Live;
  grants: Grants;
  approvals: Pick<Approvals, 'accountRemoved'>;
}

interface Selection {
  /** This account is shown from now on. */
  select: (account: string) => Promise<void>;
  /** Tells every other surface. */
  changed: () => Promise<Opening>;
}

/** Accounts come, are named, chosen and go. */
export function createAccountHandlers(services: AccountServices, { select, changed }: Selection) {
  const { vault, settings, exchange, identity, snapshots, live, grants, approvals } = services;
  return {
    'accounts.import': async (input) => {
      const account = await vault.importAccount(input);
      await select(account.id);
      await changed();
      return account;
    },
    'accounts.generate': async (input) => {
      const account = await vault.generateAccount(input);
      await select(account.id);
      await changed();
      return account;
    },
    'accounts.verify': async ({ id }) => {
      const { windowMs } = await settings.read();
      try {
        const options = { window: windowMs, asker: 'wallet' } as const;
        await exchange.read(await identity(id), 'accountQuery', {}, options);
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
      live.accountRemoved(id);
      await snapshots.remove(id);
      await grants.revokeAll(({ account }) => account === id);
      await approvals.accountRemoved(id);
      await changed();
      return {};
    },
    'accounts.select': async ({ id }) => {
      const accounts = await vault.accounts();
      if (!accounts.some((account) => account.id === id)) throw invalid('id', 'unknown-key');
      await select(id);
      return changed();
    },
  } satisfies Partial<WalletHandlers>;
}
