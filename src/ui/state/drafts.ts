import type { WalletCall } from '../../messaging/client.ts';

/** Half-filled forms, kept by the background, sealed, so that they survive the popup closing. Never for secrets or codes. */
export interface Drafts {
  /** `undefined` if there is none, or if it could not be read: a form then starts empty. */
  read(form: string): Promise<unknown>;
  /** Written 300 ms after the last change, or at once by `flush`. `null` forgets it. */
  write(form: string, draft: unknown): void;
  flush(): void;
  /** Drops what is not written yet. */
  reset(): void;
}

const WAIT_MS = 300;

export function createDrafts(call: WalletCall): Drafts {
  const waiting = new Map<string, unknown>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = (): void => {
    clearTimeout(timer);
    for (const [form, draft] of waiting) {
      // A draft is a courtesy: that it could not be kept is no reason to disturb the person who types.
      call('drafts.write', { form, draft }).catch(() => undefined);
    }
    waiting.clear();
  };

  return {
    async read(form) {
      if (waiting.has(form)) return waiting.get(form) ?? undefined;
      const draft = await call('drafts.read', { form }).catch(() => null);
      return draft ?? undefined;
    },
    write(form, draft) {
      waiting.set(form, draft);
      clearTimeout(timer);
      timer = setTimeout(flush, WAIT_MS);
    },
    flush,
    reset() {
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
