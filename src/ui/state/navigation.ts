import { type ReadonlySignal, signal } from '@preact/signals';

/** In the order of the tab list. */
export const TABS = ['balances', 'orders', 'trade', 'activity', 'settings'] as const;
export type Tab = (typeof TABS)[number];

const isTab = (text: string): text is Tab => TABS.some((tab) => tab === text);

export interface Navigation {
  readonly tab: ReadonlySignal<Tab>;
  go(tab: Tab): void;
}

/** @param hash - `location.hash`, such as `#orders`: where a full page that is opened or reloaded starts. */
export function createNavigation(hash: string): Navigation {
  const wanted = hash.slice(1);
  const tab = signal<Tab>(isTab(wanted) ? wanted : 'balances');
  return {
    tab,
    go(next) {
      tab.value = next;
    },
  };
}
