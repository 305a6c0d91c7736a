import { useId } from 'preact/hooks';
import type { Option } from './Select.tsx';

interface ChoiceProps<V extends string> {
  label: string;
  value: V;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
  hideLabel?: boolean;
  /** Colours of the sides, for Buy and Sell; the words stay. */
  tone?: 'side';
}

/** One of a few, all in sight: a radio group that looks like a switch. */
export function Choice<V extends string>(props: ChoiceProps<V>) {
  const name = useId();
  return (
    <fieldset class={props.tone ? 'choice choice-side' : 'choice'}>
      <legend class={props.hideLabel ? 'visually-hidden' : undefined}>{props.label}</legend>
      <div class="choice-options">
        {props.options.map(({ value, text }) => (
          <label key={value} class="choice-option" data-value={value}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
