import { isAppError, toWireError, type WireError } from '../../core/errors.ts';
import type { WalletCall } from '../../messaging/client.ts';
import type { AccountInfo } from '../../messaging/contract.ts';
import type { Session } from './session.ts';

/** What came of asking the exchange for a key: it knows it, it does not, or the question did not get through. */
export type Verdict =
  | { status: 'active' }
  | { status: 'unregistered' }
  | { status: 'unchecked'; error: WireError };

export interface Accounts {
  /** @throws INVALID_INPUT at `label`, `apiKey` or `secret`. */
  importKey(label: string, apiKey: string, secret: string): Promise<AccountInfo>;
  generate(label: string): Promise<AccountInfo>;
  verify(id: string): Promise<Verdict>;
  rename(id: string, label: string): Promise<void>;
  remove(id: string): Promise<void>;
}

export function createAccounts(call: WalletCall, session: Session): Accounts {
  /** Shows the account that was just added: that is the one its owner wants to see. */
  const added = async (account: AccountInfo): Promise<AccountInfo> => {
    await session.select(account.id);
    return account;
  };
  return {
    importKey: async (label, apiKey, secret) =>
      added(await call('accounts.import', { label, apiKey, secret })),
    generate: async (label) => added(await call('accounts.generate', { label })),
    async verify(id) {
      try {
        await call('accounts.verify', { id });
      } catch (error) {
        if (isAppError(error, 'UNREGISTERED_KEY')) return { status: 'unregistered' };
        return { status: 'unchecked', error: toWireError(error) };
      }
      await session.open();
      return { status: 'active' };
    },
    async rename(id, label) {
      await call('accounts.rename', { id, label });
      await session.open();
    },
    async remove(id) {
      await call('accounts.remove', { id });
      await session.open();
    },
  };
}
