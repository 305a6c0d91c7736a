import { type ReadonlySignal, signal } from '@preact/signals';

/** The exchange's host, as the manifest demands it and a person can take it back in the browser's settings. */
const HOST = { origins: ['https://api.backpack.exchange/*'] };

interface BrowserEvent {
  addListener(listener: () => void): void;
}

/** The part of the browser that says what Buckle may reach. */
export interface ReachBrowser {
  permissions: {
    contains(wanted: { origins: string[] }): Promise<boolean>;
    request(wanted: { origins: string[] }): Promise<boolean>;
    onAdded: BrowserEvent;
    onRemoved: BrowserEvent;
  };
}

/** Whether the browser still lets Buckle reach the exchange. */
export interface ExchangeReach {
  /** A person took it back: nothing can be read or sent. */
  readonly isDenied: ReadonlySignal<boolean>;
  /** Asks for it again. To be called in the turn of a press: nothing may be awaited before. */
  ask(): Promise<void>;
}

/** Where nobody could take it back. */
export const FREE_REACH: ExchangeReach = { isDenied: signal(false), ask: async () => undefined };

export function createExchangeReach({ permissions }: ReachBrowser): ExchangeReach {
  const isDenied = signal(false);
  const look = (): void => {
    permissions.contains(HOST).then(
      (has) => {
        isDenied.value = !has;
      },
      // Nothing is known then; what cannot be reached says so by itself.
      () => undefined,
    );
  };
  permissions.onAdded.addListener(look);
  permissions.onRemoved.addListener(look);
  look();
  return {
    isDenied,
    async ask() {
      await permissions.request(HOST);
      look();
    },
  };
}
