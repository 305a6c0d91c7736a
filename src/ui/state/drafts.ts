import type { WalletCall } from '../../messaging/client.ts';

/** Half-filled forms, kept by the background, sealed, so that they survive the popup closing. Never for secrets or codes. */
export interface Drafts {
  /** `undefined` if there is none, or if it could not be read: a form then starts empty. */
  read(form: string): Promise<unknown>;
  /** Written 300 ms after the last change, or at once by `flush`, which is done when it is. `null` forgets it. */
  write(form: string, draft: unknown): void;
  flush(): Promise<void>;
  /** Drops what is not written yet. */
  reset(): void;
}

const WAIT_MS = 300;

export function createDrafts(call: WalletCall): Drafts {
  const waiting = new Map<string, unknown>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    const drafts = [...waiting];
    waiting.clear();
    // A draft is a courtesy: that it could not be kept is no reason to disturb the person who types.
    const write = ([form, draft]: readonly [string, unknown]) =>
      call('drafts.write', { form, draft }).catch(() => undefined);
    await Promise.all(drafts.map(write));
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
