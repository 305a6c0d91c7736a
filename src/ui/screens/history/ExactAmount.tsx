import {
  type Decimal,
  decimalPlaces,
  isNegative,
  isZero,
  truncate,
} from '../../../core/decimal.ts';
import { Amount } from '../../components/Amount.tsx';
import { t } from '../../text.ts';

const PLACES = 8;
const LEAST = `0.${'0'.repeat(PLACES - 1)}1`;

/** Cut to eight places, whole on hover, but never down to nothing. */
export function CutAmount({ value, unit }: { value: Decimal; unit?: string }) {
  if (isZero(value) || !isZero(truncate(value, PLACES))) {
    return <Amount value={value} decimals={PLACES} {...(unit === undefined ? {} : { unit })} />;
  }
  return (
    <span class="amount" title={unit ? `${value} ${unit}` : value}>
      {isNegative(value) ? t('aboveMinus', LEAST) : t('below', LEAST)}
      {unit && <span class="amount-unit"> {unit}</span>}
    </span>
  );
}

/** To the last digit where there is room for it, cut in a popup. */
export function ExactAmount({ value }: { value: Decimal }) {
  if (decimalPlaces(value) <= PLACES) return <Amount value={value} />;
  return (
    <>
      <span class="wide">
        <Amount value={value} />
      </span>
      <span class="narrow">
        <CutAmount value={value} />
      </span>
    </>
  );
}
