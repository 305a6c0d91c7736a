import type { WalletCall } from '../../messaging/client.ts';
import type { Settings } from '../../messaging/settings.ts';
import type { Session } from './session.ts';

export interface SettingsActions {
  /** Changes some of the settings; the rest stay. @throws INVALID_INPUT at the setting's name. */
  change(part: Partial<Settings>): Promise<void>;
  changePassword(current: string, next: string): Promise<void>;
  /** The encrypted backup file. */
  backup(): Promise<{ filename: string; text: string }>;
}

export function createSettings(call: WalletCall, session: Session): SettingsActions {
  return {
    async change(part) {
      const now = session.settings.value;
      if (!now) return;
      await call('settings.write', { ...now, ...part });
      await session.open();
    },
    async changePassword(current, next) {
      await call('session.changePassword', { current, next });
    },
    backup: () => call('session.backup', {}),
  };
}
