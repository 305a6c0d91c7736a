import { useId } from 'preact/hooks';
import { FieldNotes } from './Field.tsx';

interface DateFieldProps {
  label: string;
  /** `2026-11-24`; empty for none. */
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

/** A day, with the browser's own calendar. */
export function DateField({ label, value, onChange, error }: DateFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="date"
        value={value}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <FieldNotes id={id} label={label} error={error} />
    </div>
  );
}
