import { effect } from '@preact/signals';
import type { Session } from '../state/session.ts';
import { t } from '../text.ts';

/** Language, title and theme of a page of Buckle. */
export function dressPage({ settings }: Pick<Session, 'settings'>): void {
  const page = document.documentElement;
  page.lang = t('languageTag');
  document.title = t('appName');
  effect(() => {
    page.dataset.theme = settings.value?.theme ?? 'system';
  });
}
