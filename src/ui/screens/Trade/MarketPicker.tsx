import { Amount } from '../../components/Amount.tsx';
import { Select } from '../../components/Select.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import type { MarketData } from '../../state/market.ts';
import { t } from '../../text.ts';
import { Change } from '../common/Change.tsx';

interface MarketPickerProps {
  data: MarketData;
  symbol: string;
  error: string | undefined;
  onChange: (symbol: string) => void;
  /** The price is old. */
  stale: boolean;
}

export function MarketPicker({ data, symbol, error, onChange, stale }: MarketPickerProps) {
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
      <p class={stale ? 'market-price stale' : 'market-price'} aria-live="off">
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
