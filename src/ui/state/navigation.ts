import { type ReadonlySignal, signal } from '@preact/signals';

/** In the order of the tab list. */
export const TABS = ['balances', 'orders', 'trade', 'activity', 'settings'] as const;
export type Tab = (typeof TABS)[number];

const isTab = (text: string): text is Tab => TABS.some((tab) => tab === text);

export interface Navigation {
  readonly tab: ReadonlySignal<Tab>;
  go(tab: Tab): void;
  /** Outside the tabs: a backup is being restored. */
  readonly restoring: ReadonlySignal<boolean>;
  restore(restoring: boolean): void;
}

/** @param hash - `location.hash`, such as `#orders` or `#restore`: where a full page that is opened or reloaded starts. */
export function createNavigation(hash: string): Navigation {
  const wanted = hash.slice(1);
  const tab = signal<Tab>(isTab(wanted) ? wanted : 'balances');
  const restoring = signal(wanted === 'restore');
  return {
    tab,
    restoring,
    restore(wish) {
      restoring.value = wish;
    },
    go(next) {
      tab.value = next;
    },
  };
}
