import type { ComponentChildren, Ref } from 'preact';
import { useId } from 'preact/hooks';
import { Button } from './Button.tsx';

interface FrameProps {
  label: string;
  hint?: ComponentChildren;
  /** What is wrong and what to do, in words. */
  error?: string | undefined;
  /** The fix as one press: "Use 180.01". */
  fix?: { label: string; onPress: () => void } | undefined;
}

interface FieldProps extends FrameProps {
  value: string;
  onInput?: (value: string) => void;
  readOnly?: boolean;
  /** Shown behind the value: a unit such as USDC. */
  unit?: string;
  /** `decimal` shows digits and a point on screens with a keyboard of their own. */
  inputMode?: 'text' | 'decimal' | 'numeric';
  placeholder?: string;
  maxLength?: number;
  inputRef?: Ref<HTMLInputElement>;
  onKeyDown?: (event: KeyboardEvent) => void;
  /** Beside the input: steppers, a copy button. */
  children?: ComponentChildren;
}

/** Ids that tie an input to its hint and its error. */
export function describedBy(id: string, { hint, error }: FrameProps): string | undefined {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** The hint and the error below an input. */
export function FieldNotes({ id, hint, error, fix }: FrameProps & { id: string }) {
  return (
    <>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
          {fix && (
            <Button small onPress={fix.onPress}>
              {fix.label}
            </Button>
          )}
        </p>
      )}
    </>
  );
}

/** A text input with its label, hint and error. What was typed stays as it was typed. */
export function Field(props: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <div class="field-box">
        <input
          ref={props.inputRef ?? null}
          id={id}
          type="text"
          value={props.value}
          readOnly={props.readOnly ?? false}
          inputMode={props.inputMode ?? 'text'}
          placeholder={props.placeholder}
          maxLength={props.maxLength}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-invalid={props.error ? 'true' : undefined}
          aria-describedby={describedBy(id, props)}
          onInput={(event) => props.onInput?.(event.currentTarget.value)}
          onKeyDown={(event) => props.onKeyDown?.(event)}
        />
        {props.unit && <span class="field-unit">{props.unit}</span>}
        {props.children}
      </div>
      <FieldNotes
        id={id}
        label={props.label}
        hint={props.hint}
        error={props.error}
        fix={props.fix}
      />
    </div>
  );
}

interface SecretFieldProps extends FrameProps {
  /** The caller reads the value once, at submit, and clears it. It never becomes state. */
  inputRef: Ref<HTMLInputElement>;
  /** Lets a password manager tell a new password from an old one and from a code; `off` for API secrets. */
  autocomplete: 'new-password' | 'current-password' | 'one-time-code' | 'off';
  inputMode?: 'text' | 'numeric';
  onInput?: () => void;
}

/** For passwords and secrets: always `type=password`, because browsers keep other inputs on disk for session restore. */
export function SecretField(props: SecretFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <div class="field-box">
        <input
          ref={props.inputRef}
          id={id}
          type="password"
          inputMode={props.inputMode}
          maxLength={1000}
          autocomplete={props.autocomplete}
          autocapitalize="off"
          spellcheck={false}
          aria-invalid={props.error ? 'true' : undefined}
          aria-describedby={describedBy(id, props)}
          onInput={() => props.onInput?.()}
        />
      </div>
      <FieldNotes
        id={id}
        label={props.label}
        hint={props.hint}
        error={props.error}
        fix={props.fix}
      />
    </div>
  );
}
