import type { Bytes } from '../core/bytes.ts';
import { AppError } from '../core/errors.ts';
import type { AccountId, Contents } from './directory.ts';
import { type DataKeys, deriveKeys } from './keys.ts';
import {
  moveTimes,
  purgeHalves,
  readHalves,
  type SessionStores,
  type SessionTimes,
  writeHalves,
} from './session-keys.ts';

/** However much it is used, a session ends 12 hours after the unlock. */
export const LONGEST_SESSION_MS = 12 * 60 * 60_000;
/** Until somebody extends it. */
const FIRST_IDLE_MS = 15 * 60_000;
const CLOCK_TOLERANCE_MS = 60_000;
/** The half in memory learns of the passing time in steps of this. */
const SEEN_STEP_MS = 10_000;

/** An unlocked vault, in this worker's memory only. */
export interface Live extends SessionTimes {
  readonly vaultId: string;
  readonly keys: DataKeys;
  readonly unlockedAt: number;
  contents: Contents;
  readonly signingKeys: Map<AccountId, CryptoKey>;
}

export interface SessionDependencies {
  stores: SessionStores;
  now: () => number;
  /**
   * Reads the record. What it yields gives the contents that these keys open, or `undefined` if the record is gone, another
   * vault's, or not authentic.
   */
  load: () => (vaultId: string, keys: DataKeys) => Promise<Contents | undefined>;
}

/** What an unlock hands over. */
export interface Opened {
  dataKey: Bytes;
  keys: DataKeys;
  contents: Contents;
}

export interface Session {
  /** The living session, resumed from an earlier worker if need be; checks the deadline. */
  current(): Promise<Live | undefined>;
  /** @throws LOCKED */
  require(): Promise<Live>;
  /** @throws LOCKED if `live` is not the living session any more. */
  check(live: Live): Promise<void>;
  /** Changes with each lock, so that work begun before a lock cannot end in an unlocked vault. */
  epoch(): number;
  /** @throws LOCKED if the vault was locked since `epoch`. */
  begin(epoch: number, opened: Opened): Promise<void>;
  extend(idleMs: number): Promise<void>;
  deadline(): number | undefined;
  /** Drops the keys before it returns; both halves are deleted when the promise resolves. */
  lock(): Promise<void>;
  onLock(listener: () => void): void;
}

/** Past its deadline or its 12 hours, or the clock was set back. Odd times count as over. */
function isOver({ unlockedAt, deadline, seenAt }: SessionTimes, now: number): boolean {
  const inTime = now < deadline && now < unlockedAt + LONGEST_SESSION_MS;
  return !(inTime && now >= seenAt - CLOCK_TOLERANCE_MS);
}

const locked = () => new AppError('LOCKED', undefined);

export function createSession({ stores, now, load }: SessionDependencies): Session {
  const listeners = new Set<() => void>();
  let live: Live | undefined;
  let epoch = 0;
  let savedAt = 0;
  let woken = false;
  let waking: Promise<void> | undefined;

  async function lock(): Promise<void> {
    const wasOpen = live !== undefined || !woken;
    live = undefined;
    epoch += 1;
    // Whatever becomes of the halves, this worker does not take them up again.
    woken = true;
    const purged = purgeHalves(stores);
    if (wasOpen) for (const listener of listeners) listener();
    await purged;
  }

  function wake(): Promise<void> {
    if (woken) return Promise.resolve();
    waking ??= resume().finally(() => {
      waking = undefined;
    });
    return waking;
  }

  async function resume(): Promise<void> {
    const begun = epoch;
    // Nothing writes the record before this has ended; an erase ends it.
    const open = load();
    const found = await readHalves(stores);
    if (found === undefined) {
      woken = true;
      return;
    }
    const { vaultId, unlockedAt, deadline, seenAt } = found.record;
    const times = { unlockedAt, deadline, seenAt };
    const keys = await deriveKeys(found.root, vaultId);
    const contents = isOver(times, now()) ? undefined : await open(vaultId, keys);
    if (epoch !== begun) return;
    if (contents === undefined) return lock();
    live = { vaultId, keys, contents, ...times, signingKeys: new Map() };
    savedAt = seenAt;
    woken = true;
  }

  async function current(): Promise<Live | undefined> {
    await wake();
    if (live && isOver(live, now())) await lock();
    if (live) live.seenAt = Math.max(live.seenAt, now());
    if (live && live.seenAt - savedAt >= SEEN_STEP_MS) await save(live);
    return live;
  }

  async function save(session: Live): Promise<void> {
    const { unlockedAt, deadline, seenAt } = session;
    savedAt = seenAt;
    const isAlive = () => live === session;
    const saved = await moveTimes(stores, { unlockedAt, deadline, seenAt }, isAlive);
    // Its half is gone, or a lock came while it was written: no half may stay behind.
    if (!saved && (live === undefined || live === session)) await lock();
  }

  async function begin(since: number, { dataKey, keys, contents }: Opened): Promise<void> {
    if (epoch !== since) throw locked();
    const { vaultId } = contents.record;
    const start = now();
    const times = { unlockedAt: start, deadline: start + FIRST_IDLE_MS, seenAt: start };
    await writeHalves(stores, vaultId, dataKey, times);
    if (epoch !== since) {
      await purgeHalves(stores);
      throw locked();
    }
    live = { vaultId, keys, contents, ...times, signingKeys: new Map() };
    savedAt = start;
  }

  return {
    current,
    lock,
    begin,
    epoch: () => epoch,
    async require() {
      const session = await current();
      if (session === undefined) throw locked();
      return session;
    },
    async check(session) {
      if (live === session && isOver(session, now())) await lock();
      if (live !== session) throw locked();
    },
    async extend(idleMs) {
      if (!(idleMs > 0)) throw new RangeError('idleMs: a positive number expected');
      const session = await current();
      if (session === undefined) return;
      session.deadline = Math.min(
        Math.trunc(now() + idleMs),
        session.unlockedAt + LONGEST_SESSION_MS,
      );
      await save(session);
    },
    deadline: () => (live && !isOver(live, now()) ? live.deadline : undefined),
    onLock(listener) {
      listeners.add(listener);
    },
  };
}
