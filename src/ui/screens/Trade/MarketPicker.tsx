import {
  assertDecimal,
  divide,
  isDecimal,
  isNegative,
  isZero,
  multiply,
} from '../../../core/decimal.ts';
import type { Ticker } from '../../../exchange/types.ts';
import { Amount } from '../../components/Amount.tsx';
import { Select } from '../../components/Select.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import type { MarketData } from '../../state/market.ts';
import { t } from '../../text.ts';

const HUNDRED = assertDecimal('100');
const ONE = assertDecimal('1');

/** The change of a day: a fraction as text, or words where there was nothing to compare with. */
function Change({ ticker }: { ticker: Ticker }) {
  const fraction = ticker.priceChangePercent;
  if (!isDecimal(fraction)) return <span class="secondary">{t('absent')}</span>;
  const percent = divide(multiply(fraction, HUNDRED), ONE, 2);
  if (isZero(percent)) return <span class="secondary">{t('percent', '0')}</span>;
  const falls = isNegative(percent);
  return (
    <span class={falls ? 'ask' : 'bid'} title={t('changeOfDay')}>
      {t('percent', falls ? percent.replace('-', '−') : `+${percent}`)}
    </span>
  );
}

interface MarketPickerProps {
  data: MarketData;
  symbol: string;
  error: string | undefined;
  onChange: (symbol: string) => void;
}

export function MarketPicker({ data, symbol, error, onChange }: MarketPickerProps) {
  const ticker = data.ticker(symbol);
  const options = data.tradable.value.map((market) => ({
    value: market.symbol,
    text: market.symbol,
  }));
  // The market of a draft may have closed since: it stays chosen, and says so.
  const shown = options.some(({ value }) => value === symbol) || symbol === '';
  return (
    <div class="market">
      <Select
        label={t('market')}
        value={symbol}
        options={shown ? options : [{ value: symbol, text: symbol }, ...options]}
        onChange={onChange}
        error={error}
      />
      <p class="market-price" aria-live="off">
        {ticker ? (
          <>
            <Amount value={ticker.lastPrice} live /> <Change ticker={ticker} />
          </>
        ) : (
          <Skeleton />
        )}
      </p>
    </div>
  );
}
