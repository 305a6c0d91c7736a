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

export const createSessionMemory = (area: SessionArea): SessionMemory => ({
  value: (key) => ({
    get: async () => (await area.get(key))[key],
    set: (value) => area.set({ [key]: value }),
    remove: () => area.remove(key),
  }),
  all: () => area.get(),
  set: (key, value) => area.set({ [key]: value }),
  remove: (key) => area.remove(key),
});

/**
 * Content scripts must not read the session's half. Chromium can close it to them, and does so by default; Firefox has no such
 * switch and never opens it.
 */
export async function closeToPages(area: SessionArea): Promise<void> {
  if ('setAccessLevel' in area && typeof area.setAccessLevel === 'function') {
    await area.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
  }
}
