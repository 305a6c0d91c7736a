import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Arming } from './use-arming.ts';

interface ArmedButtonProps {
  children: ComponentChildren;
  arming: Arming;
  busy: boolean;
  onPress: () => void;
}

/**
 * The one button that decides. A press counts only if it both began and ended while armed, and a key that is kept down presses
 * nothing.
 */
export function ArmedButton({ children, arming, busy, onPress }: ArmedButtonProps) {
  const began = useRef<boolean | undefined>(undefined);
  const begin = (): void => {
    began.current = arming.isArmed();
  };
  const press = (): void => {
    const beganArmed = began.current ?? true;
    began.current = undefined;
    if (!busy && beganArmed && arming.isArmed()) onPress();
  };
  return (
    <button
      type="button"
      class="button button-primary armed-button"
      aria-disabled={busy || !arming.armed || undefined}
      aria-busy={busy || undefined}
      onPointerDown={begin}
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault();
        else begin();
      }}
      onClick={press}
    >
      <span class="button-label">{children}</span>
      {!arming.armed && <span key={arming.round} class="arming-line" aria-hidden="true" />}
    </button>
  );
}
