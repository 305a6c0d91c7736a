import {
  CandlestickSeries,
  ColorType,
  createChart,
  type IChartApi,
  type ISeriesApi,
  TickMarkType,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { Candle } from '../../state/candles.ts';

/** A chart in an element, which it fills. */
export interface PriceChart {
  /** @param anew - Other candles than before: the newest come into sight. */
  show(candles: readonly Candle[], anew: boolean): void;
  /** The last candle, or the one after it. */
  move(candle: Candle): void;
  /** @param places - Digits after the point of a price. */
  setPlaces(places: number): void;
  /** Takes its colours from the page again. */
  dress(): void;
  remove(): void;
}

const ROLES = ['surface-1', 'ink-2', 'border-1', 'bid', 'ask'] as const;

/** Roles as colours by value: a canvas knows neither variables nor `light-dark()`. */
function coloursOf(host: HTMLElement): Record<(typeof ROLES)[number], string> {
  const probe = document.createElement('span');
  host.append(probe);
  const colours = ROLES.map((role) => {
    probe.style.setProperty('color', `var(--${role})`);
    return [role, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(colours) as Record<(typeof ROLES)[number], string>;
}

const dateOf = (time: Time): Date => new Date(Number(time) * 1000);

/** Times are those of this computer, as everywhere in Buckle. */
function timeTexts(language: string) {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, hourCycle: 'h23' });
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  const day = format({ day: 'numeric', month: 'short' });
  const month = format({ month: 'short', year: 'numeric' });
  const year = format({ year: 'numeric' });
  const whole = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const byKind: Record<TickMarkType, Intl.DateTimeFormat> = {
    [TickMarkType.Year]: year,
    [TickMarkType.Month]: month,
    [TickMarkType.DayOfMonth]: day,
    [TickMarkType.Time]: clock,
    [TickMarkType.TimeWithSeconds]: clock,
  };
  return {
    onAxis: (time: Time, kind: TickMarkType) => byKind[kind].format(dateOf(time)),
    whole: (time: Time) => whole.format(dateOf(time)),
  };
}

const dataOf = ({ time, ...prices }: Candle) => ({ ...prices, time: time as UTCTimestamp });

/** @param language - The tag of the language that dates are written in. */
export function createPriceChart(host: HTMLElement, language: string): PriceChart {
  const { onAxis, whole } = timeTexts(language);
  const chart: IChartApi = createChart(host, {
    autoSize: true,
    layout: {
      // Its logo brings a style element of its own, which the page's policy refuses: the page names the maker instead.
      attributionLogo: false,
      fontFamily: getComputedStyle(host).fontFamily,
      fontSize: 11,
    },
    localization: { timeFormatter: whole },
    timeScale: {
      timeVisible: true,
      secondsVisible: false,
      tickMarkFormatter: onAxis,
      // Room for the text below the newest.
      rightOffset: 4,
    },
    handleScroll: { vertTouchDrag: false },
  });
  const series: ISeriesApi<'Candlestick'> = chart.addSeries(CandlestickSeries, {});

  const dress = (): void => {
    const colours = coloursOf(host);
    const lines = { color: colours['border-1'] };
    chart.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: colours['surface-1'] },
        textColor: colours['ink-2'],
      },
      grid: { vertLines: lines, horzLines: lines },
      rightPriceScale: { borderColor: colours['border-1'] },
      timeScale: { borderColor: colours['border-1'] },
    });
    series.applyOptions({
      upColor: colours.bid,
      wickUpColor: colours.bid,
      downColor: colours.ask,
      wickDownColor: colours.ask,
      borderVisible: false,
    });
  };
  dress();
  return {
    dress,
    show(candles, anew) {
      series.setData(candles.map(dataOf));
      if (anew) chart.timeScale().scrollToRealTime();
    },
    move: (candle) => series.update(dataOf(candle)),
    setPlaces: (places) =>
      series.applyOptions({
        priceFormat: { type: 'price', precision: places, minMove: 1 / 10 ** places },
      }),
    remove: () => chart.remove(),
  };
}
