import { useEffect, useRef, useState } from 'preact/hooks';

const PAUSE_MS = 700;

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement;

/** Which field is being typed into: a number that is half there is not wrong yet. Over after a pause, or when the next field is. */
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
    /** @param event - Of the focus that leaves; without one it is over for certain, as when the form is sent. */
    onLeave(event?: FocusEvent): void {
      // An error that came between a button's press and its release would move the button away from under it.
      if (event && !isField(event.relatedTarget)) return;
      clearTimeout(timer.current);
      setTyping(undefined);
    },
  };
}
