import type { WalletCall } from '../../messaging/client.ts';

/** Half-filled forms, kept by the background, sealed, so that they survive the popup closing. Never for secrets or codes. */
export interface Drafts {
  /** `undefined` if there is none, or if it could not be read: a form then starts empty. */
  read(form: string): Promise<unknown>;
  /** Written at once, or as soon as what is on its way has been: a popup may close with the next key. `null` forgets it. */
  write(form: string, draft: unknown): void;
  /** Sends what waits, and is done when all of it is written. */
  flush(): Promise<void>;
  /** Drops what is not on its way yet. */
  reset(): void;
}

export function createDrafts(call: WalletCall): Drafts {
  const waiting = new Map<string, unknown>();
  let underWay: Promise<void> | undefined;

  const send = async (): Promise<void> => {
    const drafts = [...waiting];
    waiting.clear();
    // A draft is a courtesy: that it could not be kept is no reason to disturb the person who types.
    const write = ([form, draft]: readonly [string, unknown]) =>
      call('drafts.write', { form, draft }).catch(() => undefined);
    await Promise.all(drafts.map(write));
  };
  const sendAll = async (): Promise<void> => {
    while (waiting.size > 0) await send();
    underWay = undefined;
  };

  return {
    async read(form) {
      if (waiting.has(form)) return waiting.get(form) ?? undefined;
      await underWay;
      const draft = await call('drafts.read', { form }).catch(() => null);
      return draft ?? undefined;
    },
    write(form, draft) {
      waiting.set(form, draft);
      underWay ??= sendAll();
    },
    // A page that goes away cannot wait for what is on its way before it sends the rest.
    flush: async () => {
      await Promise.all([send(), underWay]);
    },
    reset: () => waiting.clear(),
  };
}
