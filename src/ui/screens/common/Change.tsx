import {
  assertDecimal,
  divide,
  isDecimal,
  isNegative,
  isZero,
  multiply,
} from '../../../core/decimal.ts';
import type { Ticker } from '../../../exchange/types.ts';
import { paddedAmount } from '../../format.ts';
import { t } from '../../text.ts';

const HUNDRED = assertDecimal('100');
const ONE = assertDecimal('1');
const PLACES = 2;

/** The change of a day: a fraction as text, or words where there was nothing to compare with. */
export function Change({ ticker }: { ticker: Ticker }) {
  const fraction = ticker.priceChangePercent;
  if (!isDecimal(fraction)) return <span class="secondary">{t('absent')}</span>;
  const percent = divide(multiply(fraction, HUNDRED), ONE, PLACES);
  const text = paddedAmount(percent, PLACES);
  if (isZero(percent)) return <span class="secondary">{t('percent', text)}</span>;
  const falls = isNegative(percent);
  return (
    <span class={falls ? 'ask' : 'bid'} title={t('changeOfDay')}>
      {t('percent', falls ? text.replace('-', '−') : `+${text}`)}
    </span>
  );
}
