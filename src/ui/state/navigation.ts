import { type ReadonlySignal, signal } from '@preact/signals';

/** In the order of the tab list. */
export const TABS = ['balances', 'orders', 'trade', 'transfer', 'activity', 'settings'] as const;
export type Tab = (typeof TABS)[number];
export const TRANSFER_TABS = ['withdraw', 'deposit', 'transfers'] as const;
export type TransferTab = (typeof TRANSFER_TABS)[number];
/** What opens from the settings in their place. */
const SETTINGS_PAGES = ['adding', 'account', 'instructions', 'inspector'] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

const among = <T extends string>(names: readonly T[], text: string | undefined): T | undefined =>
  names.find((name) => name === text);

export interface Navigation {
  readonly tab: ReadonlySignal<Tab>;
  go(tab: Tab): void;
  readonly transferTab: ReadonlySignal<TransferTab>;
  goTransfer(tab: TransferTab): void;
  readonly settingsPage: ReadonlySignal<SettingsPage | undefined>;
  goSettings(page: SettingsPage | undefined): void;
  /** The page was opened to review what the form for a withdrawal holds. */
  readonly reviewing: ReadonlySignal<boolean>;
  /** The review is shown: that was what was wanted. */
  reviewed(): void;
  /** Outside the tabs: a backup is being restored. */
  readonly restoring: ReadonlySignal<boolean>;
  restore(restoring: boolean): void;
}

/** Where a full page shows the forms of all instructions. */
export const INSTRUCTIONS_HASH = '#settings/instructions';

/** Where a full page shows the review of the withdrawal that the form holds. */
export const REVIEW_HASH = '#transfer/withdraw/review';

/**
 * @param hash - `location.hash`, such as `#orders`, `#transfer/deposit` or `#restore`: where a full page that is opened or
 * reloaded starts.
 */
export function createNavigation(hash: string): Navigation {
  const [wanted, part] = hash.slice(1).split('/');
  const tab = signal<Tab>(among(TABS, wanted) ?? 'balances');
  const transferTab = signal<TransferTab>(among(TRANSFER_TABS, part) ?? 'withdraw');
  const settingsPage = signal(wanted === 'settings' ? among(SETTINGS_PAGES, part) : undefined);
  const reviewing = signal(hash === REVIEW_HASH);
  const restoring = signal(wanted === 'restore');
  return {
    tab,
    transferTab,
    settingsPage,
    reviewing,
    restoring,
    reviewed() {
      reviewing.value = false;
    },
    restore(wish) {
      restoring.value = wish;
    },
    go(next) {
      tab.value = next;
      settingsPage.value = undefined;
    },
    goSettings(next) {
      settingsPage.value = next;
    },
    goTransfer(next) {
      transferTab.value = next;
    },
  };
}
