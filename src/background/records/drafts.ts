import { del, get, set, type UseStore } from 'idb-keyval';
import { createQueue } from '../../core/queue.ts';
import { readable } from './readable.ts';
import type { Seals } from './seals.ts';

/** Half-filled forms of Buckle's own pages, one sealed record a form. */
export interface Drafts {
  /** `null` if there is none, or none that opens. @throws LOCKED */
  read(form: string): Promise<unknown>;
  /** One after the other: of two, the later one stays. `null` deletes. @throws LOCKED */
  write(form: string, draft: unknown): Promise<void>;
}

export function createDrafts(deps: { store: UseStore; seals: Seals }): Drafts {
  const { store, seals } = deps;
  const inTurn = createQueue();
  const key = (form: string): string => `draft/${form}`;
  return {
    async read(form) {
      const sealed: unknown = await get(key(form), store);
      if (sealed === undefined) return null;
      return (await readable(seals.open('draft', form, sealed))) ?? null;
    },
    write: (form, draft) =>
      inTurn(async () => {
        if (draft === null) await del(key(form), store);
        else await set(key(form), await seals.seal('draft', form, draft), store);
      }),
  };
}
