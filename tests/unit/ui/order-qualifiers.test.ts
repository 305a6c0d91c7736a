import { beforeAll, describe, expect, it } from 'vitest';
import type { OrderParams } from '../../../src/exchange/instructions/orders.ts';
import { qualifiersOf } from '../../../src/ui/order-qualifiers.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { getMessage } from './texts.ts';

beforeAll(() => provideTexts(getMessage));

const limit: OrderParams = {
  ...{ symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Limit' },
  ...{ price: '140', quantity: '2' },
};
const market: OrderParams = {
  ...{ symbol: 'SOL_USDC_PERP', side: 'Ask', orderType: 'Market' },
  quantity: '2',
};

describe('what a sentence leaves out', () => {
  it.each<[OrderParams, string]>([
    [limit, 'limit, good till cancelled'],
    [{ ...limit, timeInForce: 'IOC' }, 'limit, immediate or cancel'],
    [
      { ...limit, postOnly: true, reduceOnly: true },
      'limit, good till cancelled, post only, reduce only',
    ],
    [market, 'market'],
    [
      { ...market, slippageTolerance: '0.5', slippageToleranceType: 'Percent' },
      'market, at most 0.5 % slippage',
    ],
    [
      { ...market, slippageTolerance: '20', slippageToleranceType: 'TickSize' },
      'market, at most 20 ticks of slippage',
    ],
    [{ ...market, triggerPrice: '120' }, 'market, waits for its trigger'],
    [
      { ...market, triggerPrice: '120', triggerBy: 'IndexPrice' },
      'market, waits for the index price',
    ],
    [
      {
        ...{ ...market, stopLossTriggerPrice: '160', stopLossTriggerBy: 'MarkPrice' },
        ...{ takeProfitTriggerPrice: '120', takeProfitTriggerBy: 'LastPrice' },
      },
      'market, stop loss by the mark price, take profit by the last price',
    ],
    [{ ...market, selfTradePrevention: 'RejectMaker' }, 'market, cancels own orders that it meets'],
    [
      { ...market, autoBorrow: true, autoBorrowRepay: true, autoLend: true, autoLendRedeem: true },
      'market, borrows what is missing, repays loans, lends what comes in, takes lent funds back',
    ],
    [{ ...market, autoBorrow: false, reduceOnly: false }, 'market'],
  ])('%j: %s', (order, words) => {
    expect(qualifiersOf(order)).toBe(words);
  });
});
