import { useEffect, useState } from 'preact/hooks';
import { type Decimal, decimalPlaces } from '../../../core/decimal.ts';
import { useMedia } from '../../components/use-media.ts';
import type { App } from '../../state/app.ts';
import { candles, type Interval } from '../../state/candles.ts';
import { live } from '../../state/live.ts';
import { ticket } from '../../state/ticket.ts';
import { Trade } from '../Trade/Trade.tsx';
import { Chart } from './Chart.tsx';
import { Depth } from './Depth.tsx';
import { DeskLists } from './DeskLists.tsx';
import { MarketList } from './MarketList.tsx';
import { picked } from './picked.ts';

/** In the order of reading, which is that of the Tab key as well. */
const ORDERS = {
  three: ['markets', 'chart', 'ticket', 'lists'],
  two: ['chart', 'ticket', 'markets', 'lists'],
  one: ['ticket', 'chart', 'markets', 'lists'],
} as const;
type Place = (typeof ORDERS)['three'][number];

function useOrder(): readonly Place[] {
  const three = useMedia('(width >= 1100px)');
  const two = useMedia('(width >= 760px)');
  if (three) return ORDERS.three;
  return two ? ORDERS.two : ORDERS.one;
}

/** The market, its chart and its depth. */
function Picture({ app, symbol }: { app: App; symbol: string }) {
  const { market: data, streams } = app.trading;
  const [interval, setInterval] = useState<Interval>('15m');
  const { trade, placement } = ticket(app.trading);
  const { book } = live(app.trading);
  const market = data.market(symbol);
  const places = market ? decimalPlaces(market.filters.price.tickSize) : 2;
  const sizePlaces = market ? decimalPlaces(market.filters.quantity.stepSize) : 2;
  const pick = (price: Decimal): void => {
    placement.clearError();
    trade.change(picked(trade.draft.value, price));
  };
  return (
    <div class="picture">
      <Chart
        candles={candles(app.trading)}
        symbol={symbol}
        interval={interval}
        onInterval={setInterval}
        price={data.ticker(symbol)?.lastPrice}
        places={places}
      />
      <Depth
        book={book.value}
        places={places}
        sizePlaces={sizePlaces}
        base={market?.baseSymbol ?? ''}
        quote={market?.quoteSymbol ?? ''}
        stale={streams.value.market === 'down'}
        onPick={pick}
      />
    </div>
  );
}

/** The Trade tab where there is room: markets, chart with depth and ticket beside each other, lists below. */
export function TradingDesk({ app }: { app: App }) {
  const { market: data, freshness } = app.trading;
  const { trade } = ticket(app.trading);
  const streams = live(app.trading);
  const symbol = trade.draft.value.symbol;
  const order = useOrder();
  const state = freshness.value?.state;
  const stale = state === 'stale' || state === 'offline';

  useEffect(() => {
    streams.showDepth(true);
    return () => streams.showDepth(false);
  }, [streams]);

  const parts: Record<Place, () => preact.ComponentChild> = {
    markets: () => (
      <MarketList
        data={data}
        symbol={symbol}
        stale={stale}
        onSelect={(chosen) => trade.change({ symbol: chosen })}
      />
    ),
    chart: () => symbol !== '' && <Picture app={app} symbol={symbol} />,
    ticket: () => <Trade app={app} />,
    lists: () => <DeskLists app={app} stale={stale} />,
  };
  return (
    <div class="trading-desk">
      {order.map((place) => (
        <div key={place} class={`desk-${place}`}>
          {parts[place]()}
        </div>
      ))}
    </div>
  );
}
