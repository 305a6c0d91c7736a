import type { FieldKind, RequestField } from '../../../exchange/request-fields.ts';
import { Field } from '../../components/Field.tsx';
import { Select } from '../../components/Select.tsx';
import { TriCheck } from '../../components/TriCheck.tsx';
import { fieldHint, fieldLabel, valueText } from '../../field-text.ts';
import { dayAndTime } from '../../format.ts';
import { t } from '../../text.ts';

interface ParamFieldProps {
  field: RequestField;
  /** As typed; empty for not given. */
  value: string;
  error?: string | undefined;
  onChange: (text: string) => void;
}

const modeOf = ({ kind }: FieldKind): 'text' | 'decimal' | 'numeric' => {
  if (kind === 'amount') return 'decimal';
  return kind === 'integer' || kind === 'id' ? 'numeric' : 'text';
};

/** What helps with the value that is there, or with the field. */
function hintOf({ name, kind }: RequestField, value: string): string | undefined {
  const isTime = kind.kind === 'integer' && (name === 'from' || name === 'to');
  const at = Number(value.trim());
  if (isTime && value.trim() !== '' && at >= 0 && at <= 8_640_000_000_000_000) {
    return dayAndTime(at);
  }
  const hint = fieldHint(name);
  if (hint !== undefined || kind.kind !== 'integer') return hint;
  return kind.max < Number.MAX_SAFE_INTEGER ? t('hintAtMost', kind.max) : undefined;
}

const stateOf = (value: string): boolean | undefined =>
  value === '' ? undefined : value === 'true';

/** One field of a request, asked for as its schema says. */
export function ParamField({ field, value, error, onChange }: ParamFieldProps) {
  const { name, kind, optional } = field;
  const label = optional ? t('optionalField', fieldLabel(name)) : fieldLabel(name);
  const hint = hintOf(field, value);
  if (kind.kind === 'flag') {
    return (
      <TriCheck
        label={fieldLabel(name)}
        checked={stateOf(value)}
        hint={hint}
        error={error}
        onChange={(checked) => onChange(checked === undefined ? '' : String(checked))}
      />
    );
  }
  if (kind.kind === 'choice') {
    const none = { value: '', text: t(optional ? 'leftOpen' : 'choose') };
    return (
      <Select
        label={label}
        value={value}
        options={[
          none,
          ...kind.options.map((option) => ({ value: option, text: valueText(name, option) })),
        ]}
        {...(hint === undefined ? {} : { hint })}
        error={error}
        onChange={onChange}
      />
    );
  }
  return (
    <Field
      label={label}
      value={value}
      inputMode={modeOf(kind)}
      hint={hint}
      error={error}
      onInput={onChange}
    />
  );
}
