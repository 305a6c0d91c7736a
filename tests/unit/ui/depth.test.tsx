// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, it } from 'vitest';
import { assertDecimal } from '../../../src/core/decimal.ts';
import type { Level } from '../../../src/exchange/market-shapes.ts';
import { Depth } from '../../../src/ui/screens/Desk/Depth.tsx';
import { provideTexts } from '../../../src/ui/text.ts';
import { show } from './dom.ts';
import { getMessage } from './texts.ts';

provideTexts(getMessage);

it('the order book goes on from the line that has the focus, even if keys come faster than it is drawn', () => {
  const levels = (...prices: string[]) =>
    prices.map((price): Level => [assertDecimal(price), assertDecimal('1')]);
  const book = {
    ...{ market: 'SOL_USDC', at: 1 },
    bids: levels('99', '98', '97'),
    asks: levels('101', '102'),
  };
  const view = show(
    <Depth
      book={book}
      places={0}
      sizePlaces={0}
      base="SOL"
      quote="USDC"
      stale={false}
      onPick={() => undefined}
    />,
  );
  const focused = () => document.activeElement?.textContent;
  const best = view.all('button')[2];
  // Within one act nothing is drawn between the keys.
  void act(() => {
    best?.focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }
  });
  expect(focused()).toMatch(/^Buy\s*98/);
});
