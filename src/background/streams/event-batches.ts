import type { After } from '../../exchange/streams/connection.ts';
import type { WalletEvent } from '../../messaging/contract.ts';

/** How far apart two events of one kind are at least. */
const APART_MS = 100;

type Make = () => WalletEvent | undefined;

/** Holds events back so that no kind of them comes more often than every 100 ms; the first one comes at once. */
export interface Batches {
  /** @param make - The event, once its time has come, if there is still one. Only the latest one of a kind is asked for it. */
  add(kind: string, make: Make): void;
  clear(): void;
}

export function createBatches(deps: {
  announce: (event: WalletEvent) => void;
  after: After;
}): Batches {
  const kinds = new Map<string, { make: Make | undefined; cancel: () => void }>();

  const tell = (kind: string, make: Make): void => {
    const event = make();
    if (event) deps.announce(event);
    const cancel = deps.after(APART_MS, () => {
      const next = kinds.get(kind)?.make;
      kinds.delete(kind);
      if (next) tell(kind, next);
    });
    kinds.set(kind, { make: undefined, cancel });
  };
  return {
    add(kind, make) {
      const waiting = kinds.get(kind);
      if (waiting) waiting.make = make;
      else tell(kind, make);
    },
    clear() {
      for (const { cancel } of kinds.values()) cancel();
      kinds.clear();
    },
  };
}
