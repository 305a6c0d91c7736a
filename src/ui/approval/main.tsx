import { render } from 'preact';
import { createWalletCall, listen } from '../../messaging/client.ts';
import { browser } from '../../platform/browser.ts';
import { provideAbout } from '../about.ts';
import { dressPage } from '../app/page.ts';
import { createApprovalDesk } from '../state/approval-desk.ts';
import { createPresence } from '../state/presence.ts';
import { provideTexts } from '../text.ts';
import { Approval } from './Approval.tsx';

provideTexts(browser.i18n.getMessage);
provideAbout(browser.runtime.getManifest(), document);
const desk = createApprovalDesk({
  call: createWalletCall(browser.runtime),
  listen: (listener) => void listen(browser.runtime, listener),
  presence: createPresence(document, window),
  framed: window.top !== window,
  close: () => window.close(),
});
void desk.session.open();
dressPage(desk.session);
const root = document.getElementById('app');
if (root) render(<Approval desk={desk} />, root);
