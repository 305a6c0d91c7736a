import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { t } from '../text.ts';
import { useHold } from './use-hold.ts';

interface HoldButtonProps {
  /** What happens, in full: it is the button's name. */
  children: ComponentChildren;
  onConfirm: () => void;
  /** Work is under way: presses are ignored, the name and the focus stay. */
  busy?: boolean;
  disabled?: boolean;
  /** How long it is kept pressed, by pointer, Space or Enter. */
  holdMs?: number;
}

const HOLD_MS = 1_500;

/**
 * For what is almost surely a slip: confirmed by keeping it pressed until the bar is full, so that a click by habit does
 * nothing. A press that is no press of a key or a pointer, as assistive software makes it, starts the bar by itself; the
 * next one stops it.
 */
export function HoldButton(props: HoldButtonProps) {
  const { busy = false, disabled = false, holdMs = HOLD_MS } = props;
  const id = useId();
  const hold = useHold(holdMs, props.onConfirm, !busy && !disabled);
  return (
    <div class="hold">
      <button
        type="button"
        class={
          hold.holding
            ? 'button button-danger hold-button holding'
            : 'button button-danger hold-button'
        }
        // The bar takes as long as the hold: the style sheet cannot know it.
        ref={(button) => button?.style.setProperty('--hold', `${holdMs}ms`)}
        aria-disabled={busy || undefined}
        aria-busy={busy || undefined}
        aria-describedby={`${id}-hint`}
        disabled={disabled}
        {...hold.handlers}
      >
        <span class="button-label">{props.children}</span>
      </button>
      <p class="field-hint" id={`${id}-hint`}>
        {t('holdToConfirm')}
      </p>
      <span class="visually-hidden" role="status">
        {hold.released ? t('holdReleased') : ''}
      </span>
    </div>
  );
}
