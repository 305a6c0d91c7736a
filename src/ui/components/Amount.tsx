import { useRef } from 'preact/hooks';
import type { Decimal } from '../../core/decimal.ts';
import { paddedAmount, shownAmount } from '../format.ts';

interface AmountProps {
  /** Exact, as the exchange wrote it. */
  value: Decimal;
  /** Show at most so many places; the full value stays in the title and goes to the clipboard. */
  decimals?: number;
  unit?: string;
  /** Fill up to `decimals` places, so that a column of money lines up. */
  padded?: boolean;
  /** Flash softly when it changes. */
  live?: boolean;
}

/** A number that matters: tabular figures, cut for display, whole on hover and on copy. */
export function Amount({ value, decimals, unit, padded = false, live = false }: AmountProps) {
  const first = useRef(value);
  const changed = live && first.current !== value;
  const onCopy = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', value);
    event.preventDefault();
  };
  return (
    <span class="amount" title={unit ? `${value} ${unit}` : value} onCopy={onCopy}>
      <span key={value} class={changed ? 'amount-flash' : undefined}>
        {(padded && decimals !== undefined
          ? paddedAmount(value, decimals)
          : shownAmount(value, decimals)
        ).replace('-', '−')}
      </span>
      {unit && <span class="amount-unit"> {unit}</span>}
    </span>
  );
}
