// @vitest-environment happy-dom
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Decimal } from '../../../src/core/decimal.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Market } from '../../../src/exchange/types.ts';
import { closingQuantity, type Share } from '../../../src/ui/state/closing.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { account } from './background.ts';
import { markets } from './exchange-answers.ts';
import { openApp, textOf } from './open-app.tsx';
import { getMessage } from './texts.ts';

beforeAll(() => {
  provideTexts(getMessage);
  Element.prototype.scrollIntoView = () => undefined;
  vi.spyOn(HTMLDialogElement.prototype, 'showModal').mockReturnValue();
  vi.spyOn(HTMLDialogElement.prototype, 'close').mockReturnValue();
});

const position = (symbol: string, netQuantity: string, more: object = {}) => ({
  symbol,
  netQuantity,
  entryPrice: '150',
  markPrice: '151',
  estLiquidationPrice: '0',
  pnlUnrealized: '1.5',
  ...more,
});
const long = position('SOL_USDC_PERP', '1.53', { imf: '0.1', netExposureNotional: '231.03' });
const short = position('BTC_USDC_PERP', '-0.01', {
  pnlUnrealized: '-4.25',
  estLiquidationPrice: '71000.5',
});

describe('how much of a position goes', () => {
  const market = markets[1] as unknown as Market;
  it.each<[net: string, share: Share, quantity: string | undefined]>([
    ['1.53', '100', '1.53'],
    // Half a step is left: all of it is all of it.
    ['1.535', '100', '1.535'],
    ['-1.53', '100', '1.53'],
    ['1.53', '50', '0.76'],
    ['-1.53', '25', '0.38'],
    ['1.53', '75', '1.14'],
    ['0.01', '25', undefined],
    ['0', '100', undefined],
  ])('of %s and %s %% comes to %s, in whole steps', (net, share, quantity) => {
    expect(closingQuantity(net as Decimal, share, market)).toBe(quantity);
  });

  it('is not guessed where the market is not known', () => {
    expect(closingQuantity('2' as Decimal, '50', undefined)).toBeUndefined();
    expect(closingQuantity('2' as Decimal, '100', undefined)).toBe('2');
  });
});

describe('positions', () => {
  it('have their side, size, prices, margin, result and liquidation price, and a sum', async () => {
    const { view } = await openApp('#orders', { reads: { positionQuery: [long, short] } });
    const table = view.all('table').find((each) => textOf(each).startsWith('Positions'));
    const rows = [...(table?.querySelectorAll('tbody tr') ?? [])].map(textOf);
    expect(rows).toEqual([
      'SOL_USDC_PERPLong 1.5323.10150151+1.50–Close position · SOL_USDC_PERP'.replace('+', ''),
      'BTC_USDC_PERPShort 0.01–150151−4.2571,000.5Close position · BTC_USDC_PERP',
    ]);
    expect(view.root.textContent).toContain('Unrealised total −2.75');
  });

  it('are asked about one by one for where they would be liquidated', async () => {
    const own = (price: string) => position('SOL_USDC_PERP', '2', { estLiquidationPrice: price });
    const { view, asked } = await openApp('#orders', {
      reads: { positionQuery: ({ symbol }: { symbol?: string }) => [own(symbol ? '91.5' : '0')] },
    });
    await view.settled();
    expect(asked('exchange.read')).toContainEqual({
      account: account(1).id,
      instruction: 'positionQuery',
      params: { symbol: 'SOL_USDC_PERP' },
    });
    const table = view.all('table').find((each) => textOf(each).startsWith('Positions'));
    expect(textOf(table?.querySelector('tbody tr') ?? undefined)).toContain('91.5');
  });

  it('invite where there are none, and stay greyed when they cannot be read', async () => {
    const none = await openApp('#orders');
    expect(none.view.root.textContent).toContain('No positions');
    const gone = await openApp('#orders', {
      reads: { positionQuery: new AppError('NETWORK', { kind: 'timeout' }) },
    });
    expect(gone.view.root.textContent).not.toContain('No positions');
    expect(gone.view.button('Try again')).toBeTruthy();
  });

  it.each([
    [long, 'Sell 1.53 SOL-PERP at the market price', 'Ask', '1.53'],
    [short, 'Buy 0.01 BTC-PERP at the market price', 'Bid', '0.01'],
  ])(
    '%# are closed by the opposite side, reduce only, the whole of it',
    async (held, words, side, quantity) => {
      const opened = await openApp('#orders', { reads: { positionQuery: [held] } });
      const { view } = opened;
      await view.press(`Close position · ${held.symbol}`);
      await view.press('Review order');
      expect(opened.asked('requests.prepare')).toEqual([
        {
          account: account(1).id,
          instruction: 'orderExecute',
          params: { symbol: held.symbol, side, orderType: 'Market', quantity, reduceOnly: true },
        },
      ]);
      expect(textOf(view.one('dialog'))).toContain(words);
      await view.press(words);
      expect(opened.asked('requests.send').length).toBe(1);
      expect(view.all('dialog')).toEqual([]);
    },
  );

  it('a part of it is floored to the market’s step, and what became of it is told', async () => {
    const opened = await openApp('#orders', {
      reads: { positionQuery: [long] },
      sent: () => ({
        outcome: 'placed',
        orderStatus: 'Filled',
        orderId: '7',
        executedQuantity: '0.76',
        executedQuoteQuantity: '114',
      }),
    });
    const { view } = opened;
    await view.press('Close position · SOL_USDC_PERP');
    const half = view.one('input[value="50"]');
    half.click();
    await view.settled();
    expect(textOf(view.one('dialog'))).toContain('Quantity0.76');
    await view.press('Review order');
    await view.press('Sell 0.76 SOL-PERP at the market price');
    expect(opened.asked('requests.send')[0]).toMatchObject({ params: { quantity: '0.76' } });
    expect(textOf(view.one('.placement'))).toContain(
      'Placed and filled. Filled 0.76 of 0.76 at 150',
    );
  });

  it('a review that is left sends nothing and leads back to the part', async () => {
    const opened = await openApp('#orders', { reads: { positionQuery: [long] } });
    await opened.view.press('Close position · SOL_USDC_PERP');
    await opened.view.press('Review order');
    await opened.view.press('Back');
    expect(textOf(opened.view.one('dialog'))).toContain('How much of it');
    await opened.view.press('Back');
    expect(opened.view.all('dialog')).toEqual([]);
    expect(opened.asked('requests.send')).toEqual([]);
  });
});
