import { useRef, useState } from 'preact/hooks';
import type { Decimal } from '../../../core/decimal.ts';
import { moved } from '../../components/moved.ts';
import { Skeleton } from '../../components/Skeleton.tsx';
import { grouped, paddedAmount } from '../../format.ts';
import type { Book } from '../../state/live.ts';
import { t } from '../../text.ts';
import { ladder, type Rung, spreadOf } from './ladder.ts';

const RUNGS = 10;

interface RungProps {
  rung: Rung;
  side: 'Bid' | 'Ask';
  places: number;
  sizePlaces: number;
  reachable: boolean;
  onPick: (price: Decimal) => void;
}

function RungButton({ rung, side, places, sizePlaces, reachable, onPick }: RungProps) {
  const { price, quantity, total, permille } = rung;
  /** What was aimed at: the book may move between pressing and letting go. */
  const aimed = useRef<Decimal | undefined>(undefined);
  return (
    <button
      type="button"
      class={side === 'Bid' ? 'rung rung-bid' : 'rung rung-ask'}
      title={t(side === 'Bid' ? 'bidRung' : 'askRung', price, quantity, total)}
      tabIndex={reachable ? 0 : -1}
      onPointerDown={() => {
        aimed.current = price;
      }}
      // A press of a key is no aim, and has no detail.
      onClick={({ detail }) => onPick(detail > 0 ? (aimed.current ?? price) : price)}
    >
      {/* The style sheet cannot know the number, and inline styles are not allowed. */}
      <span class="rung-bar" ref={(bar) => bar?.style.setProperty('width', `${permille / 10}%`)} />
      <span class="visually-hidden">{t(side === 'Bid' ? 'buy' : 'sell')} </span>
      <span class={side === 'Bid' ? 'bid' : 'ask'}>{paddedAmount(price, places)} </span>
      <span>{paddedAmount(quantity, sizePlaces)} </span>
      <span>{paddedAmount(total, sizePlaces)}</span>
    </button>
  );
}

function Spread({ bid, ask }: { bid: Rung | undefined; ask: Rung | undefined }) {
  const spread = spreadOf(bid?.price, ask?.price);
  return (
    <p class="spread">
      {spread ? t('spread', grouped(spread.absolute), spread.percent) : t('noSpread')}
    </p>
  );
}

interface DepthProps {
  book: Book | undefined;
  /** What the market's prices are multiples of says how many digits they have. */
  places: number;
  /** The same of quantities. */
  sizePlaces: number;
  base: string;
  quote: string;
  /** Nothing comes at the moment: what is shown is old. */
  stale: boolean;
  onPick: (price: Decimal) => void;
}

/**
 * The best prices of both sides, worst ask first, with what stands up to each as a bar. One stop for the Tab key; arrow keys go
 * up and down. A line keeps its place and its focus: its price may become another.
 */
export function Depth(props: DepthProps) {
  const { book, places, sizePlaces, base, quote, stale, onPick } = props;
  const list = useRef<HTMLDivElement>(null);
  const [reached, setReached] = useState<number>();
  const { bids, asks } = ladder(book ?? { bids: [], asks: [] }, RUNGS);
  const count = asks.length + bids.length;
  // The best bid unless a person has gone elsewhere.
  const at = Math.min(reached ?? asks.length, count - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    // From where the focus is: a second key can come before the first is drawn.
    const from = buttons.findIndex((button) => button.matches(':focus'));
    const to = moved(event.key, from, buttons.length);
    if (to === undefined) return;
    event.preventDefault();
    buttons[to]?.focus();
  };
  const rungs = (side: 'Bid' | 'Ask', of: readonly Rung[], first: number) =>
    of.map((rung, index) => (
      <RungButton
        key={`${side}${side === 'Ask' ? of.length - index : index}`}
        rung={rung}
        side={side}
        places={places}
        sizePlaces={sizePlaces}
        reachable={first + index === at}
        onPick={onPick}
      />
    ));
  return (
    <section class="depth" aria-label={t('depth')}>
      <div class="depth-head secondary" aria-hidden="true">
        <span>{t('depthPrice', quote)}</span>
        <span>{t('depthQuantity', base)}</span>
        <span>{t('depthTotal')}</span>
      </div>
      <div
        ref={list}
        role="toolbar"
        aria-label={t('depthPrices')}
        aria-orientation="vertical"
        class={stale ? 'rungs stale' : 'rungs'}
        onKeyDown={onKeyDown}
        onFocusIn={({ target }) => {
          const buttons: EventTarget[] = [...(list.current?.querySelectorAll('button') ?? [])];
          if (target) setReached(buttons.indexOf(target));
        }}
      >
        <div class="rungs-asks">{rungs('Ask', asks.toReversed(), 0)}</div>
        {book && <Spread bid={bids[0]} ask={asks[0]} />}
        <div class="rungs-bids">{rungs('Bid', bids, asks.length)}</div>
      </div>
      {!book && !stale && <Skeleton wide />}
      {stale && (
        <p class="secondary" role="status">
          {t('depthStale')}
        </p>
      )}
    </section>
  );
}
