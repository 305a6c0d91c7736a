import { ICON } from './icon.ts';
import { hear, TO_BRIDGE, TO_PAGE } from './page-wire.ts';
import { createProvider } from './provider.ts';

// The script that puts `window.buckle` into a connected page. It has no extension API, and the page owns this world: what
// calls are sent with is taken in this first turn, which on a connected site comes before any script of the page.

const { origin } = location;
const { defineProperty, freeze, getOwnPropertyDescriptor } = Object;
const post = window.postMessage;

// One that cannot be replaced is Buckle's own, or that of a page which shuts Buckle out.
if (getOwnPropertyDescriptor(window, 'buckle')?.configurable !== false) {
  const { provider, fromBridge } = createProvider((message) =>
    post({ ...message, to: TO_BRIDGE }, origin),
  );
  hear(TO_PAGE, fromBridge);
  defineProperty(window, 'buckle', {
    value: provider,
    writable: false,
    configurable: false,
  });
  // Announced as EIP-6963 has wallets do, under names of its own. @see https://eips.ethereum.org/EIPS/eip-6963
  const info = { uuid: crypto.randomUUID(), name: 'Buckle', icon: ICON, rdns: 'example.buckle' };
  const detail = freeze({ info: freeze(info), provider });
  const announce = (): boolean => dispatchEvent(new CustomEvent('buckle:announce', { detail }));
  addEventListener('buckle:request', announce);
  announce();
}
