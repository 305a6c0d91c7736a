import 'fake-indexeddb/auto';
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { clear, get, set, type UseStore } from 'idb-keyval';
import { openDatabase } from '../../../src/platform/database.ts';
import type { VaultRecord } from '../../../src/vault/envelope.ts';
import type { SecondPlace } from '../../../src/vault/second-copy.ts';
import type { SessionHalf } from '../../../src/vault/session-keys.ts';
import { createVault, type KdfPolicy, type Vault } from '../../../src/vault/vault.ts';

export const PASSWORD = 'correct horse battery';
const CHEAP = { memoryKiB: 64, iterations: 1, parallelism: 1 };
/** Tests are not about the cost of the KDF; one of them runs at the full cost. */
export const CHEAP_KDF: KdfPolicy = { parameters: CHEAP, floor: CHEAP };

/** A key pair made by node:crypto from a number, as an exchange would show it. */
export function keyPair(n: number): { seed: Uint8Array; secret: string; apiKey: string } {
  const seed = createHash('sha256').update(`test seed ${n}`).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { seed, secret: seed.toString('base64'), apiKey: spki.subarray(-32).toString('base64') };
}

export interface Written {
  store: string;
  value: unknown;
}

/** A store that tells what is put into it. */
function spied(inner: UseStore, store: string, written: Written[]): UseStore {
  return (mode, callback) =>
    inner(mode, (objectStore) =>
      callback(
        new Proxy(objectStore, {
          get(target, name) {
            const member: unknown = Reflect.get(target, name);
            if (typeof member !== 'function') return member;
            return (...args: unknown[]) => {
              if (name === 'put' || name === 'add') written.push({ store, value: args[0] });
              return member.apply(target, args);
            };
          },
        }),
      ),
    );
}

export interface World {
  vault: Vault;
  /** A new worker on the same stores. */
  restart(kdf?: KdfPolicy): Vault;
  records: UseStore;
  sessions: UseStore;
  half: SessionHalf & { value: unknown };
  clock: { now: number };
  written: Written[];
  record(): Promise<VaultRecord>;
  /** Puts this, or nothing at all, into both places. */
  put(record: unknown): Promise<void>;
  /** Puts this into the first place only. */
  putFirst(record: unknown): Promise<void>;
  second: MemoryPlace;
  /** Whether there is something sealed beside the vault. */
  sealed: { there: boolean };
  lockings: number[];
}

/** A second place in memory, which can be made to fail. */
export interface MemoryPlace extends SecondPlace {
  text: string | undefined;
  /** What the browser refuses from now on. */
  refuses: Set<'read' | 'write' | 'remove'>;
  /** What was asked of it, in order. */
  asked: string[];
}

export function createMemoryPlace(written: Written[] = []): MemoryPlace {
  const ask = (what: 'read' | 'write' | 'remove'): void => {
    place.asked.push(what);
    if (place.refuses.has(what)) throw new DOMException('refused', 'NoModificationAllowedError');
  };
  const place: MemoryPlace = {
    text: undefined,
    refuses: new Set(),
    asked: [],
    async read() {
      ask('read');
      return place.text;
    },
    async write(text) {
      ask('write');
      written.push({ store: 'second', value: JSON.parse(text) });
      place.text = text;
    },
    async remove() {
      ask('remove');
      place.text = undefined;
    },
  };
  return place;
}

let databases = 0;

/** A vault on a database of its own, with a clock and a memory half that the test holds. */
export async function world(kdf: KdfPolicy = CHEAP_KDF): Promise<World> {
  databases += 1;
  const database = openDatabase(`vault-test-${databases}`);
  const written: Written[] = [];
  const records = spied(database('vault'), 'vault', written);
  const sessions = spied(database('session'), 'session', written);
  const clock = { now: 1_750_000_000_000 };
  const half: World['half'] = {
    value: undefined,
    get: async () => structuredClone(half.value),
    async set(value) {
      written.push({ store: 'half', value });
      half.value = JSON.parse(JSON.stringify(value));
    },
    async remove() {
      half.value = undefined;
    },
  };
  const second = createMemoryPlace(written);
  const sealed = { there: false };
  const lockings: number[] = [];
  const restart = (policy = kdf) => {
    const vault = createVault({
      ...{ records, second, sessions, half },
      traces: async () => sealed.there,
      now: () => clock.now,
      kdf: policy,
    });
    vault.onLock(() => lockings.push(clock.now));
    return vault;
  };
  return {
    vault: restart(),
    restart,
    records,
    sessions,
    half,
    clock,
    written,
    lockings,
    async record() {
      const record = await get<VaultRecord>('record', records);
      if (record === undefined) throw new Error('no record');
      return record;
    },
    async put(record) {
      second.text = record === undefined ? undefined : JSON.stringify(record);
      await (record === undefined ? clear(records) : set('record', record, records));
    },
    putFirst: (record) => set('record', record, records),
    second,
    sealed,
  };
}

/** An unlocked vault with one imported account. */
export async function worldWithAccount(kdf?: KdfPolicy) {
  const made = await world(kdf);
  await made.vault.create(PASSWORD);
  const { apiKey, secret } = keyPair(1);
  const account = await made.vault.importAccount({ label: 'Main', apiKey, secret });
  return { ...made, account };
}

export const halvesOf = async ({ half, sessions }: World) => ({
  inMemory: half.value,
  onDisk: await get<unknown>('current', sessions),
});
