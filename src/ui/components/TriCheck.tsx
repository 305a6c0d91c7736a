import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../text.ts';
import { FieldNotes } from './Field.tsx';

interface TriCheckProps {
  label: string;
  /** `undefined`: nothing is said, which is neither. */
  checked: boolean | undefined;
  onChange: (checked: boolean | undefined) => void;
  hint?: string | undefined;
  error?: string | undefined;
}

const next = (checked: boolean | undefined): boolean | undefined =>
  checked === undefined ? true : checked ? false : undefined;

/** A checkbox that may be left open: each press goes on from open to yes, to no, and back. */
export function TriCheck({ label, checked, onChange, hint, error }: TriCheckProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!input.current) return;
    input.current.indeterminate = checked === undefined;
    input.current.checked = checked === true;
  });
  return (
    <div class="check">
      <label class="tri-check">
        <input
          ref={input}
          type="checkbox"
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={`${id}-state${error ? ` ${id}-error` : ''}`}
          onChange={() => onChange(next(checked))}
        />
        <span>{label}</span>
        <span class="secondary" id={`${id}-state`} aria-hidden="true">
          {t(checked === undefined ? 'leftOpen' : checked ? 'yes' : 'no')}
        </span>
      </label>
      <FieldNotes id={id} label={label} hint={hint} error={error} />
    </div>
  );
}
