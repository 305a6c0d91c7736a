import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { WireError } from '../../core/errors.ts';

interface FormProps {
  children: ComponentChildren;
  onSubmit: () => void;
  /** Why the last attempt failed: the focus goes to the first field that is marked wrong. */
  error: WireError | undefined;
  /** Makes it a form by role, with this name. */
  label?: string;
}

/** A form that the browser neither checks nor sends: `onSubmit` does both. */
export function Form({ children, onSubmit, error, label }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  return (
    <form
      ref={form}
      class="form"
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
