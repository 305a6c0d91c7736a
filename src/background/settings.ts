import { get, set, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import { type Settings, settings } from '../messaging/settings.ts';
import { storing } from '../vault/storage.ts';

const DEFAULT_SETTINGS: Settings = {
  autoLockMinutes: 15,
  lockOnLastWindow: false,
  theme: 'system',
  windowMs: 5000,
};

export interface SettingsStore {
  /** @throws STORAGE */
  read(): Promise<Settings>;
  /** @throws STORAGE */
  write(next: Settings): Promise<Settings>;
  /** Takes them from disk again: they were erased. */
  forget(): void;
}

/** In the clear: the lock screen needs the theme, and the lock itself the minutes. Nothing here is private. */
export function createSettings(store: UseStore): SettingsStore {
  let known: Settings | undefined;
  return {
    async read() {
      if (known === undefined) {
        const found = v.safeParse(settings, await storing(get('settings', store)));
        known = found.success ? found.output : DEFAULT_SETTINGS;
      }
      return known;
    },
    async write(next) {
      await storing(set('settings', next, store));
      known = next;
      return next;
    },
    forget() {
      known = undefined;
    },
  };
}
