import { del, get, set, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import { type Bytes, toBase64 } from '../core/bytes.ts';
import {
  associated,
  checkedBytes,
  encrypt,
  gcmOf,
  IV_LENGTH,
  ifItOpens,
  importAesKey,
  randomBytes,
  TAG_LENGTH,
} from './aes.ts';
import { base64, time, uuid } from './fields.ts';
import { DATA_KEY_LENGTH } from './keys.ts';
import { storing } from './storage.ts';

const SESSION_KEY_LENGTH = 32;
const HALF = 'current';

const sessionRecord = v.strictObject({
  vaultId: uuid,
  /** Base64 of the key under which the other half is wrapped. */
  key: base64(SESSION_KEY_LENGTH),
  unlockedAt: time,
  deadline: time,
  /** The latest time at which the session was seen alive. */
  seenAt: time,
});
/** The half of a session that lives in memory only. */
export type SessionRecord = v.InferOutput<typeof sessionRecord>;
export type SessionTimes = Pick<SessionRecord, 'unlockedAt' | 'deadline' | 'seenAt'>;

/** `storage.session`: plain JSON, in memory, gone with the browser. */
export interface SessionHalf {
  get(): Promise<unknown>;
  set(value: SessionRecord): Promise<void>;
  remove(): Promise<void>;
}

/** The half on disk: the data key under the session key. Useless once the other half is gone. */
const wrappedDataKey = v.strictObject({
  vaultId: uuid,
  iv: base64(IV_LENGTH),
  data: base64(DATA_KEY_LENGTH + TAG_LENGTH),
});

export interface SessionStores {
  sessions: UseStore;
  half: SessionHalf;
}

const sessionData = (vaultId: string) => associated('buckle-vault', 1, vaultId, 'session');

/** Begins a session: a new session key, and both halves written. */
export async function writeHalves(
  { sessions, half }: SessionStores,
  vaultId: string,
  dataKey: Bytes,
  times: SessionTimes,
): Promise<void> {
  const sessionKey = randomBytes(SESSION_KEY_LENGTH);
  try {
    const key = await importAesKey(sessionKey, ['encrypt']);
    const wrapped = await encrypt(key, dataKey, sessionData(vaultId));
    await storing(set(HALF, { vaultId, ...wrapped }, sessions));
    await storing(half.set({ vaultId, key: toBase64(sessionKey), ...times }));
  } finally {
    sessionKey.fill(0);
  }
}

/**
 * The session that an earlier worker left: the data key, as a key that can only be derived from, and its times.
 * Halves that do not belong together are deleted.
 */
export async function readHalves(
  stores: SessionStores,
): Promise<{ root: CryptoKey; record: SessionRecord } | undefined> {
  const [inMemory, onDisk] = await Promise.all([
    storing(stores.half.get()),
    storing(get<unknown>(HALF, stores.sessions)),
  ]);
  if (inMemory === undefined && onDisk === undefined) return undefined;
  const record = v.safeParse(sessionRecord, inMemory);
  const wrapped = v.safeParse(wrappedDataKey, onDisk);
  const root =
    record.success && wrapped.success && record.output.vaultId === wrapped.output.vaultId
      ? await unwrapRoot(record.output, wrapped.output)
      : undefined;
  if (root && record.success) return { root, record: record.output };
  await purgeHalves(stores);
  return undefined;
}

async function unwrapRoot(
  { key, vaultId }: SessionRecord,
  { iv, data }: v.InferOutput<typeof wrappedDataKey>,
): Promise<CryptoKey | undefined> {
  const raw = checkedBytes(key);
  try {
    const sessionKey = await importAesKey(raw, ['unwrapKey']);
    const parameters = gcmOf(iv, sessionData(vaultId));
    // Straight into a key: a woken worker never has the raw data key.
    return await ifItOpens(
      crypto.subtle.unwrapKey('raw', checkedBytes(data), sessionKey, parameters, 'HKDF', false, [
        'deriveKey',
      ]),
    );
  } finally {
    raw.fill(0);
  }
}

/** Moves the times of a session that is still there. `false` if its half in memory is gone: the session has ended. */
export async function moveTimes(
  { half }: SessionStores,
  times: SessionTimes,
  isAlive: () => boolean,
): Promise<boolean> {
  const record = v.safeParse(sessionRecord, await storing(half.get()));
  if (!record.success || !isAlive()) return false;
  await storing(half.set({ ...record.output, ...times }));
  return isAlive();
}

/** Deletes both halves, each whether or not the other can be deleted. */
export async function purgeHalves({ sessions, half }: SessionStores): Promise<void> {
  const outcomes = await Promise.allSettled([half.remove(), del(HALF, sessions)]);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') await storing(Promise.reject(outcome.reason));
  }
}
