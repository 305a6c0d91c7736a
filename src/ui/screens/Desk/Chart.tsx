import { useEffect, useRef } from 'preact/hooks';
import type { Decimal } from '../../../core/decimal.ts';
import { Choice } from '../../components/Choice.tsx';
import {
  type Candle,
  type CandlesState,
  INTERVALS,
  type Interval,
  withPrice,
} from '../../state/candles.ts';
import { known } from '../../state/remote.ts';
import { t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { createPriceChart, type PriceChart } from './price-chart.ts';

const OPTIONS = (Object.keys(INTERVALS) as Interval[]).map((value) => ({ value, text: value }));
const DARK = '(prefers-color-scheme: dark)';

/** Calls `dress` when the page's colours change: by the browser's theme or by Buckle's own setting. */
function onTheme(dress: () => void): () => void {
  const scheme = window.matchMedia(DARK);
  const setting = new MutationObserver(dress);
  setting.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  scheme.addEventListener('change', dress);
  return () => {
    setting.disconnect();
    scheme.removeEventListener('change', dress);
  };
}

interface ChartProps {
  candles: CandlesState;
  symbol: string;
  interval: Interval;
  onInterval: (interval: Interval) => void;
  /** The last price, which moves the last candle. */
  price: Decimal | undefined;
  /** Digits after the point of a price. */
  places: number;
}

/** Candles of a market. A picture: what it shows in numbers stands beside it. */
export function Chart({ candles, symbol, interval, onInterval, price, places }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<PriceChart | undefined>(undefined);
  const last = useRef<Candle | undefined>(undefined);
  /** What is in the picture. */
  const pictured = useRef('');
  const remote = candles.remote.value;
  const shown = candles.shown.value;
  /** Another market's candles are never shown under this one's name. */
  const isMine = shown?.symbol === symbol && shown.interval === interval;
  const list = isMine ? known(remote)?.value : undefined;

  useEffect(() => {
    if (!host.current) return;
    const made = createPriceChart(host.current, t('languageTag'));
    chart.current = made;
    const unlisten = onTheme(made.dress);
    return () => {
      unlisten();
      made.remove();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => candles.show(symbol, interval), [candles, symbol, interval]);
  useEffect(() => chart.current?.setPlaces(places), [places]);
  useEffect(() => {
    const what = `${symbol} ${interval}`;
    chart.current?.show(list ?? [], pictured.current !== what);
    if (list) pictured.current = what;
    last.current = list?.at(-1);
  }, [list, symbol, interval]);
  useEffect(() => {
    if (price === undefined || !last.current) return;
    last.current = withPrice(last.current, Number(price), Date.now(), INTERVALS[interval]);
    chart.current?.move(last.current);
  }, [price, list, interval]);

  return (
    <section class="chart" aria-label={t('chart')}>
      <div class="chart-head">
        <Choice
          label={t('chartInterval')}
          hideLabel
          value={interval}
          options={OPTIONS}
          onChange={onInterval}
        />
      </div>
      <LoadFailure remote={remote} onRetry={candles.refresh} />
      <div
        ref={host}
        class="chart-picture"
        role="img"
        aria-label={t('chartOf', symbol, interval)}
        aria-busy={list === undefined || undefined}
      />
      <p class="chart-maker">
        <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
          {t('chartMaker')}
        </a>{' '}
        {t('chartNotice')}
      </p>
    </section>
  );
}
