import type { Ref } from 'preact';
import { useId } from 'preact/hooks';
import { describedBy, FieldNotes } from './Field.tsx';

interface FileFieldProps {
  label: string;
  /** As in `accept` of a file input: `.json`. */
  accept: string;
  hint?: string;
  error?: string | undefined;
  inputRef: Ref<HTMLInputElement>;
  onChange?: () => void;
}

export function FileField(props: FileFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        ref={props.inputRef}
        id={id}
        type="file"
        accept={props.accept}
        aria-invalid={props.error ? 'true' : undefined}
        aria-describedby={describedBy(id, props)}
        onChange={() => props.onChange?.()}
      />
      <FieldNotes id={id} label={props.label} hint={props.hint} error={props.error} />
    </div>
  );
}
