import { useEffect, useRef, useState } from 'preact/hooks';

const PAUSE_MS = 700;

/** Which field is being typed into: a number that is half there is not wrong yet. Over after a pause, or when it is left. */
export function useTyping() {
  const [typing, setTyping] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    typing,
    onType(path: string): void {
      clearTimeout(timer.current);
      setTyping(path);
      timer.current = setTimeout(() => setTyping(undefined), PAUSE_MS);
    },
    onLeave(): void {
      clearTimeout(timer.current);
      setTyping(undefined);
    },
  };
}
