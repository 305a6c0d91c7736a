import { type ReadonlySignal, signal } from '@preact/signals';
import { isAppError, toWireError, type WireError } from '../../core/errors.ts';
import type { WalletCall } from '../../messaging/client.ts';
import type { Session } from './session.ts';

/** What came of asking the exchange for a key: it knows it, it does not, or the question did not get through. */
export type Verdict =
  | { status: 'active' }
  | { status: 'unregistered' }
  | { status: 'unchecked'; error: WireError };

/** `first`: the question that follows an import, before which there was nothing to say. */
export type Check = Verdict | { status: 'checking'; first?: true };

export interface Accounts {
  /** What came of the latest question about a key, by account id, since this surface was opened or unlocked. */
  readonly checks: ReadonlySignal<ReadonlyMap<string, Check>>;
  /** Asks the exchange for the key at once. @throws INVALID_INPUT at `label`, `apiKey` or `secret`. */
  importKey(label: string, apiKey: string, secret: string): Promise<void>;
  /** A new key pair, made in the background: its owner registers the public key with the exchange. */
  generate(label: string): Promise<void>;
  /** The answer goes to `checks`. */
  verify(id: string): Promise<void>;
  rename(id: string, label: string): Promise<void>;
  remove(id: string): Promise<void>;
}

export function createAccounts(call: WalletCall, session: Session): Accounts {
  const checks = signal<ReadonlyMap<string, Check>>(new Map());
  const note = (id: string, check: Check): void => {
    checks.value = new Map(checks.value).set(id, check);
  };
  session.onAccount((unlocked) => {
    if (!unlocked) checks.value = new Map();
  });

  const ask = async (id: string): Promise<Verdict> => {
    try {
      await call('accounts.verify', { id });
      return { status: 'active' };
    } catch (error) {
      if (isAppError(error, 'UNREGISTERED_KEY')) return { status: 'unregistered' };
      return { status: 'unchecked', error: toWireError(error) };
    }
  };
  const check = async (id: string, first?: true): Promise<void> => {
    note(id, { status: 'checking', ...(first && { first }) });
    const verdict = await ask(id);
    if (checks.value.has(id)) await session.open();
    // Locked meanwhile: what is known of an account is not for this surface any more.
    if (checks.value.has(id)) note(id, verdict);
  };

  return {
    checks,
    verify: (id) => check(id),
    async importKey(label, apiKey, secret) {
      const { id } = await call('accounts.import', { label, apiKey, secret });
      const verdict = check(id, true);
      await session.open();
      // The form is done with; the account's own screen shows what comes of the question.
      void verdict;
    },
    async generate(label) {
      await call('accounts.generate', { label });
      await session.open();
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
