/** A value in memory that outlives this worker, but not the browser and not an update. */
export interface SessionValue {
  get(): Promise<unknown>;
  set(value: unknown): Promise<void>;
  remove(): Promise<void>;
}

/** `storage.session`: plain JSON. */
export interface SessionArea {
  get(key?: string): Promise<Record<string, unknown>>;
  set(values: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface SessionMemory {
  value(key: string): SessionValue;
  all(): Promise<Record<string, unknown>>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

/**
 * All of it is read once, at once, and serves the first look at each value: a worker that wakes wants nearly every one of them,
 * and each way to the browser takes as long as all of them together. What this worker has written since is read anew.
 */
export function createSessionMemory(area: SessionArea): SessionMemory {
  const atStart = area.get();
  atStart.catch(() => undefined);
  /** Values that the first reading does not speak for any more. */
  const seen = new Set<string>();
  let isAllSeen = false;
  const get = async (key: string): Promise<unknown> => {
    if (seen.has(key)) return (await area.get(key))[key];
    seen.add(key);
    return (await atStart)[key];
  };
  const all = (): Promise<Record<string, unknown>> => {
    if (isAllSeen) return area.get();
    isAllSeen = true;
    return atStart;
  };
  const written = (key: string): void => {
    seen.add(key);
    isAllSeen = true;
  };
  const set = (key: string, value: unknown): Promise<void> => {
    written(key);
    return area.set({ [key]: value });
  };
  const remove = (key: string): Promise<void> => {
    written(key);
    return area.remove(key);
  };
  return {
    value: (key) => ({
      get: () => get(key),
      set: (value) => set(key, value),
      remove: () => remove(key),
    }),
    all,
    set,
    remove,
  };
}

/**
 * Content scripts must not read the session's half. Chromium can close it to them, and does so by default; Firefox has no such
 * switch and never opens it.
 */
export async function closeToPages(area: SessionArea): Promise<void> {
  if ('setAccessLevel' in area && typeof area.setAccessLevel === 'function') {
    await area.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
  }
}
