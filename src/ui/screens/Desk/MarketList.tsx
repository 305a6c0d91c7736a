import { useMemo, useRef, useState } from 'preact/hooks';
import type { Ticker } from '../../../exchange/types.ts';
import { Amount } from '../../components/Amount.tsx';
import { Field } from '../../components/Field.tsx';
import { moved } from '../../components/moved.ts';
import { Skeleton } from '../../components/Skeleton.tsx';
import type { MarketData } from '../../state/market.ts';
import { t } from '../../text.ts';
import { Change } from '../common/Change.tsx';
import { MarketName } from '../common/MarketName.tsx';
import { foundMarkets } from './found.ts';

interface RowProps {
  symbol: string;
  ticker: Ticker | undefined;
  selected: boolean;
  /** The one of the list that the Tab key goes to. */
  reachable: boolean;
  onSelect: (symbol: string) => void;
}

/** Drawn anew only when something of its own has changed: there are hundreds. */
function Row({ symbol, ticker, selected, reachable, onSelect }: RowProps) {
  return useMemo(
    () => (
      <div
        role="option"
        class="market-row"
        data-symbol={symbol}
        aria-selected={selected}
        tabIndex={reachable ? 0 : -1}
        onClick={() => onSelect(symbol)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          onSelect(symbol);
        }}
      >
        <MarketName symbol={symbol} />
        {ticker ? (
          <span class="market-figures">
            <Amount value={ticker.lastPrice} live /> <Change ticker={ticker} />
          </span>
        ) : (
          <Skeleton />
        )}
      </div>
    ),
    [symbol, ticker, selected, reachable, onSelect],
  );
}

interface MarketListProps {
  data: MarketData;
  /** The market that is shown. */
  symbol: string;
  stale: boolean;
  onSelect: (symbol: string) => void;
}

/** Every market that can be traded, with its price and its change of a day. Arrow keys go from the search into the list. */
export function MarketList({ data, symbol, stale, onSelect }: MarketListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const found = foundMarkets(data.tradable.value, typed);
  const [reached, setReached] = useState<string>();
  const within = (wanted: string | undefined) => found.some((each) => each.symbol === wanted);
  const reachable = [reached, symbol].find(within) ?? found[0]?.symbol;

  const goTo = (index: number): void => {
    const wanted = found[index]?.symbol;
    if (wanted === undefined) return;
    list.current?.querySelector<HTMLElement>(`[data-symbol="${wanted}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // From where the focus is: a second key can come before the first is drawn.
    const focused = event.target instanceof HTMLElement ? event.target.dataset.symbol : undefined;
    const from = found.findIndex((each) => each.symbol === focused);
    const to = moved(event.key, from, found.length);
    if (to === undefined) return;
    event.preventDefault();
    goTo(to);
  };
  const onSearchKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    goTo(found.findIndex((each) => each.symbol === reachable));
  };
  return (
    <section class="markets" aria-label={t('markets')}>
      <Field
        label={t('searchMarkets')}
        value={typed}
        onInput={setTyped}
        onKeyDown={onSearchKey}
        maxLength={60}
      />
      <div
        ref={list}
        role="listbox"
        aria-label={t('markets')}
        class={stale ? 'market-list stale' : 'market-list'}
        onKeyDown={onKeyDown}
        onFocusIn={({ target }) => {
          if (target instanceof HTMLElement) setReached(target.dataset.symbol);
        }}
      >
        {found.map((market) => (
          <Row
            key={market.symbol}
            symbol={market.symbol}
            ticker={data.ticker(market.symbol)}
            selected={market.symbol === symbol}
            reachable={market.symbol === reachable}
            onSelect={onSelect}
          />
        ))}
      </div>
      {found.length === 0 && typed !== '' && <p class="secondary">{t('noMarketFound')}</p>}
    </section>
  );
}
