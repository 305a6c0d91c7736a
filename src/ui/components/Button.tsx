import type { ComponentChildren, Ref } from 'preact';
import { Icon, type IconName } from './Icon.tsx';

interface ButtonProps {
  children: ComponentChildren;
  /** `quiet` has no frame: for the way back or round. */
  kind?: 'primary' | 'plain' | 'danger' | 'quiet';
  /** `submit` for the one button that sends its form. */
  type?: 'button' | 'submit';
  /** Small: for rows and headers. */
  small?: boolean;
  icon?: IconName;
  /** Shows only the icon; `children` stays the name. */
  iconOnly?: boolean;
  /** Work is under way: presses are ignored, the name and the focus stay. A bar appears after 300 ms. */
  busy?: boolean;
  disabled?: boolean;
  title?: string;
  onPress?: (() => void) | undefined;
  buttonRef?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  const { kind = 'plain', type = 'button', busy = false, disabled = false } = props;
  const classes = ['button', `button-${kind}`];
  if (props.small) classes.push('button-small');
  if (props.iconOnly) classes.push('button-icon');
  const onClick = (event: Event): void => {
    if (busy) event.preventDefault();
    else props.onPress?.();
  };
  return (
    <button
      ref={props.buttonRef ?? null}
      type={type}
      class={classes.join(' ')}
      // `disabled` would take the focus away in the middle of the work.
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      disabled={disabled}
      title={props.title}
      onClick={onClick}
    >
      {props.icon && <Icon name={props.icon} />}
      <span class={props.iconOnly ? 'visually-hidden' : 'button-label'}>{props.children}</span>
    </button>
  );
}
