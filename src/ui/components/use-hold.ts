import { useEffect, useRef, useState } from 'preact/hooks';

const isPressKey = ({ key }: KeyboardEvent): boolean => key === 'Enter' || key === ' ';

/** Something that is confirmed by keeping it pressed for `holdMs`, with its progress. Only while `ready`. */
export function useHold(holdMs: number, onConfirm: () => void, ready: boolean) {
  const [holding, setHolding] = useState(false);
  const [released, setReleased] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  /** A click that follows the press of a pointer or a key has been dealt with. */
  const pressed = useRef(false);
  const confirm = useRef(onConfirm);
  confirm.current = onConfirm;

  const stop = (): void => {
    clearTimeout(timer.current);
    timer.current = undefined;
    setHolding(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  // What is held while it becomes busy or disabled is not held any more.
  useEffect(() => {
    if (!ready) stop();
  }, [ready]);

  const begin = (): void => {
    if (!ready || timer.current !== undefined) return;
    setHolding(true);
    setReleased(false);
    timer.current = setTimeout(() => {
      stop();
      confirm.current();
    }, holdMs);
  };
  const release = (): void => {
    if (timer.current === undefined) return;
    stop();
    setReleased(true);
  };

  return {
    holding,
    released,
    handlers: {
      onPointerDown(event: PointerEvent): void {
        pressed.current = true;
        if (event.button === 0) begin();
      },
      onPointerUp: release,
      onPointerLeave: release,
      onPointerCancel: release,
      onBlur: release,
      onKeyDown(event: KeyboardEvent): void {
        if (!isPressKey(event)) return;
        // Nor may the key do what it does to a button: press it.
        event.preventDefault();
        if (!event.repeat) begin();
      },
      onKeyUp(event: KeyboardEvent): void {
        if (!isPressKey(event)) return;
        event.preventDefault();
        release();
      },
      onContextMenu(event: Event): void {
        // A long press of a finger asks for a menu.
        if (holding) event.preventDefault();
      },
      onClick(): void {
        const wasPressed = pressed.current;
        pressed.current = false;
        if (wasPressed) return;
        if (timer.current === undefined) begin();
        else release();
      },
    },
  };
}
