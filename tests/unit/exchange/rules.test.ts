import { describe, expect, it } from 'vitest';
import type { OrderParams } from '../../../src/exchange/instructions/orders.ts';
import { orderProblems } from '../../../src/exchange/rules.ts';
import { aMarket } from './market-fixture.ts';

const perp = aMarket({ symbol: 'SOL_USDC_PERP', marketType: 'PERP' });

describe('orderProblems', () => {
  it('holds a trigger order to the same grid, and leaves shares alone', () => {
    const trigger = { symbol: 'SOL_USDC_PERP', side: 'Ask', orderType: 'Market' } as const;
    expect(
      orderProblems({ ...trigger, triggerPrice: '170.001', triggerQuantity: '1.001' }, perp),
    ).toMatchObject([
      { path: 'triggerPrice', reason: 'decimals' },
      { path: 'triggerQuantity', reason: 'decimals' },
    ]);
    expect(
      orderProblems({ ...trigger, triggerPrice: '170', triggerQuantity: '50%' }, perp),
    ).toEqual([]);
  });

  const limit: OrderParams = {
    ...{ symbol: perp.symbol, side: 'Bid', orderType: 'Limit' },
    ...{ price: '150', quantity: '1' },
  };
  it.each([
    'stopLossTriggerPrice',
    'stopLossLimitPrice',
    'takeProfitTriggerPrice',
    'takeProfitLimitPrice',
  ] as const)('holds %s to the tick', (path) => {
    const suggestions = ['150.12', '150.13'];
    expect(orderProblems({ ...limit, [path]: '150.123' }, perp)).toEqual([
      { path, reason: 'decimals', limit: '2', suggestions },
    ]);
    expect(orderProblems({ ...limit, [path]: '150.12' }, perp)).toEqual([]);
  });

  it('counts slippage in whole ticks, or in percent of any fineness', () => {
    const path = 'slippageTolerance';
    const slippage = (slippageTolerance: string, slippageToleranceType: 'TickSize' | 'Percent') =>
      orderProblems({ ...limit, slippageTolerance, slippageToleranceType }, perp);
    expect(slippage('0.5', 'Percent')).toEqual([]);
    expect(slippage('20', 'TickSize')).toEqual([]);
    expect(slippage('2.5', 'TickSize')).toMatchObject([{ path, reason: 'decimals', limit: '0' }]);
    expect(slippage('0', 'TickSize')).toMatchObject([{ path, reason: 'minimum', limit: '1' }]);
  });
});
