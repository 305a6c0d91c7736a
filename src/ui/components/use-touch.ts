import { useEffect } from 'preact/hooks';

/** Calls `onTouch` whenever a person presses a key or a pointer in this surface. */
export function useTouch(onTouch: () => void): void {
  useEffect(() => {
    const touch = (event: Event): void => {
      if (event.isTrusted) onTouch();
    };
    document.addEventListener('keydown', touch, true);
    document.addEventListener('pointerdown', touch, true);
    return () => {
      document.removeEventListener('keydown', touch, true);
      document.removeEventListener('pointerdown', touch, true);
    };
  }, [onTouch]);
}
