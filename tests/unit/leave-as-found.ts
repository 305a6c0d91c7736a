import { IDBFactory } from 'fake-indexeddb';
import { afterAll, vi } from 'vitest';

// Key derivation at its true cost only where it is the subject; `vi.unmock` there, and modules read anew.
vi.mock('hash-wasm', () => import('./quick-argon2id.ts'));

// The files of a thread share its clock, its globals, its databases and its document: none finds there what another has left.
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  if ('indexedDB' in globalThis) globalThis.indexedDB = new IDBFactory();
  globalThis.document?.body.replaceChildren();
});
