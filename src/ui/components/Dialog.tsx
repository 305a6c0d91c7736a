import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface DialogProps {
  /** Its heading, and its accessible name. */
  title: string;
  children: ComponentChildren;
  /** Escape, or anything else that means "not now". */
  onBack: () => void;
  /** What cannot be taken back has another surface. */
  tone?: 'danger' | undefined;
}

/** A modal: takes the focus, keeps it, and gives it back. It is open for as long as it is rendered. */
export function Dialog({ title, children, onBack, tone }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    // Browsers differ in what they focus first, and one that scrolls there hides what the dialog is about.
    heading.current?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={tone ? 'dialog dialog-danger' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onBack();
      }}
    >
      <h2 ref={heading} id={id} class="dialog-title" tabIndex={-1}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
