import { useEffect, useRef, useState } from 'preact/hooks';

/** How long a decision cannot be taken after something came into sight, in ms. */
const ARM_MS = 600;

export interface Arming {
  armed: boolean;
  /** As `armed`, asked at the moment of a press rather than at the last drawing. */
  isArmed(): boolean;
  /** Counts the beginnings, so that a progress line can start anew. */
  round: number;
}

/**
 * R8: a press that was meant for something else must not decide. Armed only once `what` has been in sight for 600 ms, counted
 * anew whenever the window is shown, focused or resized.
 */
export function useArming(what: string, now: () => number = () => performance.now()): Arming {
  /** What it is armed for: something else that is shown in its place is not armed by it. */
  const [armedFor, setArmedFor] = useState<string>();
  const [round, setRound] = useState(0);
  const ready = useRef({ what: '', at: Number.POSITIVE_INFINITY });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const disarm = (): void => {
      ready.current = { what, at: now() + ARM_MS };
      setArmedFor(undefined);
      setRound((count) => count + 1);
      clearTimeout(timer);
      timer = setTimeout(() => setArmedFor(what), ARM_MS);
    };
    disarm();
    const heard = ['focus', 'resize', 'pageshow'] as const;
    for (const name of heard) window.addEventListener(name, disarm);
    document.addEventListener('visibilitychange', disarm);
    return () => {
      clearTimeout(timer);
      for (const name of heard) window.removeEventListener(name, disarm);
      document.removeEventListener('visibilitychange', disarm);
    };
  }, [what]);
  return {
    armed: armedFor === what,
    isArmed: () => armedFor === what && ready.current.what === what && now() >= ready.current.at,
    round,
  };
}
