/** Whether a person is looking, and whether the browser believes itself online. */
export interface Presence {
  isVisible(): boolean;
  isOnline(): boolean;
  /** Calls `listener` when the surface is shown or focused, or when the connection comes or goes. */
  onChange(listener: () => void): () => void;
}

export function createPresence(page: Document, view: Window): Presence {
  return {
    isVisible: () => page.visibilityState === 'visible',
    isOnline: () => view.navigator.onLine,
    onChange(listener) {
      const heard = ['focus', 'online', 'offline'] as const;
      page.addEventListener('visibilitychange', listener);
      for (const name of heard) view.addEventListener(name, listener);
      return () => {
        page.removeEventListener('visibilitychange', listener);
        for (const name of heard) view.removeEventListener(name, listener);
      };
    },
  };
}
