import type { UseStore } from 'idb-keyval';
import { createSigner, type Signer } from '../core/signing.ts';
import {
  addAccount,
  editAccount,
  findAccount,
  generatedKey,
  type ImportInput,
  importedKey,
  signingKeyOf,
  withoutAccount,
} from './accounts.ts';
import type { BackupFile } from './backup.ts';
import { type Account, type AccountId, accountLabel } from './directory.ts';
import { DEFAULT_KDF, type KdfPolicy } from './kdf.ts';
import { createKeeper, vaultDamaged } from './keeper.ts';
import { openValue, type Sealed, sealValue } from './sealed.ts';
import type { SecondPlace } from './second-copy.ts';
import type { SessionHalf } from './session-keys.ts';
import { createRecordStore } from './store.ts';

export type {
  Account,
  AccountId,
  BackupFile,
  ImportInput,
  KdfPolicy,
  Sealed,
  SecondPlace,
  SessionHalf,
};

export type VaultStatus = 'empty' | 'locked' | 'unlocked' | 'damaged';

export interface VaultDependencies {
  /** The store of the vault record. */
  records: UseStore;
  /** Where its second copy lies. */
  second: SecondPlace;
  /** Is there anything that only a vault's keys can have sealed? Where no record is, this tells a loss from a first run. */
  traces: () => Promise<boolean>;
  /** The store of the data key wrapped by the session key. */
  sessions: UseStore;
  /** The session key and its times, in memory only. */
  half: SessionHalf;
  /** Unix ms. */
  now: () => number;
  /** @default Argon2id with 64 MiB, 3 passes, 1 lane, and not less when reading */
  kdf?: KdfPolicy;
}

/**
 * Keeps account keys encrypted and lends signers. Locked, it holds no key; unlocked, only keys that cannot be extracted.
 * All methods but `lock`, `onLock` and `deadline` throw STORAGE if the browser's storage fails.
 */
export interface Vault {
  /** Resumes a living session of an earlier worker and checks its deadline. */
  status(): Promise<VaultStatus>;
  /** The vault that will be unlocked is an older state than the last one written: that one is lost. `false` while unlocked. */
  isOlder(): Promise<boolean>;
  /** The second copy could not be written when that was tried last: the vault has one copy only. */
  lacksSecond(): boolean;
  /** `undefined` if there is no vault, or none that can be read. */
  vaultId(): Promise<string | undefined>;
  /** Leaves the new vault unlocked. @throws INVALID_INPUT password-short, or conflict at `vault` if there is one */
  create(password: string): Promise<void>;
  /** @throws EMPTY, WRONG_PASSWORD, VAULT_DAMAGED, LOCKED if it was locked meanwhile */
  unlock(password: string): Promise<void>;
  /** Leaves the session as it is. @throws EMPTY, WRONG_PASSWORD, VAULT_DAMAGED */
  verifyPassword(password: string): Promise<void>;
  /** @throws LOCKED, WRONG_PASSWORD, INVALID_INPUT password-short */
  changePassword(current: string, next: string): Promise<void>;
  /** Drops the keys before it returns; both halves of the session are deleted when the promise resolves. */
  lock(): Promise<void>;
  /** Called at once at each lock, whatever its cause. */
  onLock(listener: () => void): void;
  /** When the session ends, in Unix ms, or `undefined` while locked or not yet resumed. */
  deadline(): number | undefined;
  /** Moves the deadline to `idleMs` from now, never past 12 hours after the unlock. Nothing happens while locked. */
  extend(idleMs: number): Promise<void>;
  /** @throws LOCKED */
  accounts(): Promise<readonly Account[]>;
  /**
   * @throws LOCKED, INVALID_INPUT at `label` (required, maximum, character), `secret` (required, secret-alphabet,
   * secret-length, secret-halves) or `apiKey` (required, api-key-format, api-key-mismatch, account-exists)
   */
  importAccount(input: ImportInput): Promise<Account>;
  /** A new key pair, made here; its public key is the account's `apiKey`. @throws LOCKED, INVALID_INPUT at `label` */
  generateAccount(input: { label: string }): Promise<Account>;
  /** The exchange knows the key. @throws LOCKED, INVALID_INPUT at `account` */
  activateAccount(id: AccountId): Promise<Account>;
  renameAccount(id: AccountId, label: string): Promise<Account>;
  removeAccount(id: AccountId): Promise<void>;
  /** A signer that works until the next lock or the account's removal. @throws LOCKED, INVALID_INPUT at `account` */
  signerFor(id: AccountId): Promise<Signer>;
  /** Encrypts a JSON value so that it opens only in its place: this vault, purpose and record. @throws LOCKED */
  seal(purpose: string, recordId: string, value: unknown): Promise<Sealed>;
  /** @throws LOCKED, VAULT_DAMAGED if it is not what was sealed in that place */
  open(purpose: string, recordId: string, sealed: unknown): Promise<unknown>;
  /** The encrypted record as a file. @throws EMPTY, VAULT_DAMAGED */
  backup(): Promise<BackupFile>;
  /**
   * Replaces the vault and leaves it unlocked; nothing is replaced unless the whole file holds.
   * @throws WRONG_PASSWORD, INVALID_INPUT at `backup`: backup-format, backup-version, backup-damaged
   */
  restore(text: string, password: string): Promise<void>;
  /** Deletes both copies of the record and both halves of the session. There is no way back but a backup. */
  erase(): Promise<void>;
}

/** The ways in. They are read when a password is used, which is seldom beside how often a worker starts. */
const entry = () => import('./entry.ts');

export function createVault(dependencies: VaultDependencies): Vault {
  const { sessions, half, now, kdf = DEFAULT_KDF } = dependencies;
  const store = createRecordStore({ ...dependencies, floor: kdf.floor });
  const keeper = createKeeper(store, { sessions, half }, now);
  const { session, serial, read, change } = keeper;

  /** Runs after the work before it, but judged by the moment of the call: a lock in between wins. */
  const enter = (way: (since: number) => Promise<void>): Promise<void> => {
    const since = session.epoch();
    return serial(() => way(since));
  };

  return {
    async status() {
      if (await session.current()) return 'unlocked';
      const kept = await store.load();
      if (kept === undefined) return 'empty';
      return kept === 'damaged' ? 'damaged' : 'locked';
    },
    async isOlder() {
      if (await session.current()) return false;
      const kept = await store.load();
      return typeof kept === 'object' && kept.record.revision < kept.known;
    },
    lacksSecond: store.lacksSecond,
    async vaultId() {
      const live = await session.current();
      if (live) return live.vaultId;
      const kept = await store.load();
      return typeof kept === 'object' ? kept.record.vaultId : undefined;
    },
    create: (password) =>
      enter(async (since) => (await entry()).createIn(keeper, since, password, kdf)),
    unlock: (password) =>
      enter(async (since) => (await entry()).unlockIn(keeper, since, password, kdf)),
    verifyPassword: async (password) => (await entry()).verifyIn(keeper, password),
    changePassword: async (current, next) =>
      (await entry()).changePasswordIn(keeper, current, next, kdf),
    restore: (text, password) =>
      enter(async (since) => (await entry()).restoreIn(keeper, since, text, password, kdf)),
    async backup() {
      const { writeBackup } = await import('./backup.ts');
      return writeBackup(await read(), now());
    },
    async erase() {
      await session.lock();
      await serial(() => store.erase());
    },
    lock: session.lock,
    onLock: session.onLock,
    deadline: session.deadline,
    extend: session.extend,

    accounts: async () => (await session.require()).contents.accounts,
    async importAccount(input) {
      await session.require();
      const key = await importedKey(input);
      return (await change((contents, live) => addAccount(contents, live, key, now()))).account;
    },
    async generateAccount(input) {
      await session.require();
      const key = await generatedKey(input);
      return (await change((contents, live) => addAccount(contents, live, key, now()))).account;
    },
    async activateAccount(id) {
      return (await change(async (contents) => editAccount(contents, id, { status: 'active' })))
        .account;
    },
    async renameAccount(id, typed) {
      const label = accountLabel(typed);
      return (await change(async (contents) => editAccount(contents, id, { label }))).account;
    },
    async removeAccount(id) {
      await change(async (contents, live) => {
        live.signingKeys.delete(id);
        return withoutAccount(contents, id);
      });
    },
    async signerFor(id) {
      const live = await session.require();
      const key = await signingKeyOf(live, id);
      if (key === undefined) throw vaultDamaged();
      const sign = createSigner(key);
      const check = async () => {
        await session.check(live);
        findAccount(live.contents, id);
      };
      return async (text) => {
        await check();
        const signature = await sign(text);
        // A signature made while the lock fell does not leave.
        await check();
        return signature;
      };
    },

    async seal(purpose, recordId, value) {
      const live = await session.require();
      const place = [purpose, recordId] as const;
      const box = await sealValue(live.keys.sealing, live.vaultId, place, value);
      await session.check(live);
      return box;
    },
    async open(purpose, recordId, sealed) {
      const live = await session.require();
      const place = [purpose, recordId] as const;
      const value = await openValue(live.keys.sealing, live.vaultId, place, sealed);
      await session.check(live);
      if (value === undefined) throw vaultDamaged();
      return value;
    },
  };
}
