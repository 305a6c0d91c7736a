import { useRef } from 'preact/hooks';
import type { Decimal } from '../../core/decimal.ts';
import { shownAmount } from '../format.ts';

interface AmountProps {
  /** Exact, as the exchange wrote it. */
  value: Decimal;
  /** Show at most so many places; the full value stays in the title and goes to the clipboard. */
  decimals?: number;
  unit?: string;
  /** Flash softly when it changes. */
  live?: boolean;
}

/** A number that matters: tabular figures, cut for display, whole on hover and on copy. */
export function Amount({ value, decimals, unit, live = false }: AmountProps) {
  const first = useRef(value);
  const changed = live && first.current !== value;
  const onCopy = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', value);
    event.preventDefault();
  };
  return (
    <span class="amount" title={unit ? `${value} ${unit}` : value} onCopy={onCopy}>
      <span key={value} class={changed ? 'amount-flash' : undefined}>
        {shownAmount(value, decimals)}
      </span>
      {unit && <span class="amount-unit"> {unit}</span>}
    </span>
  );
}
