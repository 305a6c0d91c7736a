interface BrowserEvent {
  addListener(listener: () => void): void;
}

/** The part of the browser that says what Buckle may reach. */
export interface AccessBrowser {
  permissions: {
    contains(wanted: { origins: string[] }): Promise<boolean>;
    onAdded: BrowserEvent;
    onRemoved: BrowserEvent;
  };
}

export interface ExchangeAccess {
  /** Adds all listeners. To be called in the worker's first turn. */
  register(): void;
  /** Whether the browser lets Buckle reach the exchange. Asks the browser once a worker, and at each change. */
  allowed(): Promise<boolean>;
}

/**
 * A person can take the exchange's host back in the browser's settings, and Chromium does so by itself where every site is taken
 * back. What would be sent then arrives nowhere, and the browser says of it only that it failed.
 */
export function createExchangeAccess(
  { permissions }: AccessBrowser,
  exchange: string,
): ExchangeAccess {
  let known: Promise<boolean> | undefined;
  const look = (): Promise<boolean> => {
    // A browser that does not answer must not keep anybody from trading.
    known = permissions.contains({ origins: [`${exchange}/*`] }).catch(() => true);
    return known;
  };
  return {
    register() {
      permissions.onAdded.addListener(() => void look());
      permissions.onRemoved.addListener(() => void look());
      void look();
    },
    allowed: () => known ?? look(),
  };
}
