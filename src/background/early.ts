import { openDatabase } from '../platform/database.ts';
import { browser } from '../platform/native.ts';
import { createSessionMemory } from './session-memory.ts';

// What takes longest at a start. `index.ts` imports this before everything else: it is on its way while the rest is evaluated.

export const store = openDatabase();
export const memory = createSessionMemory(browser.storage.session);
