import { useId } from 'preact/hooks';
import { FieldNotes } from './Field.tsx';

export interface Option<V extends string = string> {
  value: V;
  text: string;
}

interface SelectProps<V extends string> {
  label: string;
  value: V;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
  /** The label is there for a screen reader only. */
  hideLabel?: boolean;
  hint?: string;
  error?: string | undefined;
  disabled?: boolean;
}

/** One of many: a combobox. A value that is no option shows as none chosen. */
export function Select<V extends string>(props: SelectProps<V>) {
  const id = useId();
  const onChange = (typed: string): void => {
    const option = props.options.find(({ value }) => value === typed);
    if (option) props.onChange(option.value);
  };
  return (
    <div class="field">
      <label for={id} class={props.hideLabel ? 'visually-hidden' : undefined}>
        {props.label}
      </label>
      <select
        id={id}
        value={props.value}
        disabled={props.disabled ?? false}
        aria-invalid={props.error ? 'true' : undefined}
        aria-describedby={props.error ? `${id}-error` : props.hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {props.options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      <FieldNotes id={id} label={props.label} hint={props.hint} error={props.error} />
    </div>
  );
}
