import { effect } from '@preact/signals';
import { render } from 'preact';
import { createApp, type Outside } from '../state/app.ts';
import { type GetMessage, provideTexts } from '../text.ts';
import { App } from './App.tsx';
import { dressPage } from './page.ts';

/** Starts a page of Buckle. The one question it needs answered leaves before anything is drawn. */
export function start(outside: Outside, getMessage: GetMessage): void {
  provideTexts(getMessage);
  const app = createApp(outside);
  void app.session.open();
  dressPage(app.session);
  // A browser short of disk must not evict the vault. Only pages can ask for that; with `unlimitedStorage` nobody is prompted.
  effect(() => {
    if (app.session.state.value.status === 'unlocked') void navigator.storage.persist();
  });
  window.addEventListener('pagehide', () => void app.drafts.flush());
  const root = document.getElementById('app');
  if (root) render(<App app={app} />, root);
}
