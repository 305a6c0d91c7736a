import { describe, expect, it } from 'vitest';
import { entryOf, type Instruction } from '../../../src/exchange/instructions/index.ts';
import { decodeParams } from '../../../src/exchange/schema.ts';

const refusal = (instruction: Instruction, params: object): unknown => {
  try {
    decodeParams(entryOf(instruction).params, params);
    return 'taken';
  } catch (error) {
    return (error as { data: unknown }).data;
  }
};

const symbol = 'SOL_USDC';
const limit = { symbol, side: 'Bid', orderType: 'Limit', price: '100', quantity: '1' };
const market = { symbol, side: 'Bid', orderType: 'Market', quantity: '1' };
const rfq = { symbol, side: 'Bid', quantity: '1' };
const plan = {
  symbol,
  side: 'Bid',
  strategyType: 'Scheduled',
  quantity: '4',
  duration: 60_000,
  interval: 1000,
};

describe('rules between the fields of a request', () => {
  it.each<[Instruction, object]>([
    ['orderExecute', { ...limit, stopLossTriggerPrice: '90' }],
    [
      'orderExecute',
      {
        ...limit,
        takeProfitTriggerPrice: '120',
        takeProfitLimitPrice: '119',
        takeProfitTriggerBy: 'MarkPrice',
      },
    ],
    ['orderExecute', { ...market, slippageTolerance: '0.5', slippageToleranceType: 'Percent' }],
    ['orderExecute', { ...market, autoBorrow: true, autoLendRedeem: false, brokerId: 65_535 }],
    ['rfqSubmit', rfq],
    ['rfqSubmit', { ...rfq, executionMode: 'Immediate', price: '150' }],
    ['quoteAccept', { clientId: 0, quoteId: '4' }],
    ['strategyCreate', { ...plan, price: '100', postOnly: true }],
    ['strategyCreate', { ...plan, interval: 60_000 }],
    ['accountUpdate', { autoLend: false }],
    ['convertDust', {}],
    ['vaultRedeemRequest', { vaultId: 0 }],
  ])('%s takes %j', (instruction, params) => expect(refusal(instruction, params)).toBe('taken'));

  it.each<[Instruction, object, string, string]>([
    ['orderExecute', { ...limit, stopLossLimitPrice: '90' }, 'stopLossLimitPrice', 'conflict'],
    ['orderExecute', { ...limit, stopLossTriggerBy: 'MarkPrice' }, 'stopLossTriggerBy', 'conflict'],
    ['orderExecute', { ...limit, takeProfitLimitPrice: '9' }, 'takeProfitLimitPrice', 'conflict'],
    [
      'orderExecute',
      { ...limit, takeProfitTriggerBy: 'LastPrice' },
      'takeProfitTriggerBy',
      'conflict',
    ],
    ['orderExecute', { ...limit, slippageTolerance: '1' }, 'slippageTolerance', 'required'],
    [
      'orderExecute',
      { ...limit, slippageToleranceType: 'Percent' },
      'slippageTolerance',
      'required',
    ],
    ['orderExecute', { ...limit, brokerId: 65_536 }, 'brokerId', 'wrong-type'],
    ['orderExecute', { ...limit, autoBorrow: 'true' }, 'autoBorrow', 'wrong-type'],
    ['orderExecute', { ...limit, stopLossTriggerPrice: '0' }, 'stopLossTriggerPrice', 'minimum'],
    ['accountUpdate', {}, 'leverageLimit', 'required'],
    ['accountUpdate', { leverageLimit: '-1' }, 'leverageLimit', 'number-format'],
    ['accountUpdate', { autoRealizePnl: true }, 'autoRealizePnl', 'unknown-key'],
    ['borrowLendExecute', { symbol: 'SOL', side: 'Repay', quantity: '1' }, 'side', 'wrong-type'],
    ['rfqSubmit', { symbol, side: 'Bid' }, 'quantity', 'required'],
    ['rfqSubmit', { ...rfq, quoteQuantity: '1' }, 'quantity', 'required'],
    ['rfqSubmit', { ...rfq, price: '1' }, 'price', 'conflict'],
    ['rfqSubmit', { ...rfq, price: '1', executionMode: 'AwaitAccept' }, 'price', 'conflict'],
    ['rfqSubmit', { ...rfq, executionMode: 'Immediate' }, 'price', 'required'],
    ['quoteAccept', { rfqId: '3' }, 'quoteId', 'required'],
    ['quoteAccept', { quoteId: '4' }, 'rfqId', 'conflict'],
    ['quoteAccept', { quoteId: '4', rfqId: '3', clientId: 3 }, 'rfqId', 'conflict'],
    ['rfqCancel', {}, 'rfqId', 'conflict'],
    ['rfqCancel', { rfqId: 'x' }, 'rfqId', 'number-format'],
    ['quoteSubmit', { rfqId: '3', bidPrice: '1' }, 'askPrice', 'required'],
    ['strategyCreate', { ...plan, interval: 60_001 }, 'interval', 'conflict'],
    ['strategyCreate', { ...plan, interval: 0 }, 'interval', 'wrong-type'],
    ['strategyCreate', { ...plan, quantity: undefined }, 'quantity', 'wrong-type'],
    ['strategyCreate', { ...plan, postOnly: true }, 'postOnly', 'conflict'],
    [
      'strategyCreate',
      { ...plan, price: '1', postOnly: true, timeInForce: 'IOC' },
      'postOnly',
      'conflict',
    ],
    ['strategyCreate', { ...plan, slippageTolerance: '1' }, 'slippageTolerance', 'required'],
    ['strategyCancel', { symbol }, 'strategyId', 'conflict'],
    ['strategyCancel', { symbol, strategyId: '1', clientStrategyId: 1 }, 'strategyId', 'conflict'],
    ['vaultMint', { vaultId: 1, symbol: 'USDC' }, 'quantity', 'required'],
    ['borrowHistoryQueryAll', { sources: 'AutoLend, Manual' }, 'sources', 'character'],
    ['borrowHistoryQueryAll', { limit: 1001 }, 'limit', 'wrong-type'],
    ['settlementHistoryQueryAll', { source: 'Other' }, 'source', 'wrong-type'],
  ])('%s refuses %j at %s: %s', (instruction, params, path, reason) =>
    expect(refusal(instruction, params)).toEqual({ path, reason }),
  );
});
