import { useEffect, useRef, useState } from 'preact/hooks';
import { toWireError, type WireError } from '../../core/errors.ts';

export interface Action<A extends unknown[]> {
  /** Runs it unless it is running; yields whether it went well. */
  run(...args: A): Promise<boolean>;
  busy: boolean;
  error: WireError | undefined;
  /** Forgets the error, as when a person starts to mend it. */
  clear(): void;
}

/** What a button or a form does: busy while it runs, its error kept for the screen. Never runs twice at a time. */
export function useAction<A extends unknown[]>(work: (...args: A) => Promise<void>): Action<A> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError>();
  const running = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  return {
    busy,
    error,
    clear: () => setError(undefined),
    async run(...args) {
      if (running.current) return false;
      running.current = true;
      setBusy(true);
      setError(undefined);
      const failure = await work(...args).then(() => undefined, toWireError);
      running.current = false;
      if (mounted.current) {
        setBusy(false);
        setError(failure);
      }
      return failure === undefined;
    },
  };
}
