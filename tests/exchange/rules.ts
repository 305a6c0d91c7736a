import { type Amount, amount, decimalsOf } from './decimal.ts';
import { band, type Market, marketOf } from './markets.ts';
import type { Draft } from './order.ts';
import { refuse } from './refusal.ts';

const marginFlags = ['autoBorrow', 'autoBorrowRepay', 'autoLend', 'autoLendRedeem'] as const;

const invalid = (message: string) => refuse('INVALID_ORDER', message);

/** @throws Refusal INVALID_MARKET for a symbol that no market has. */
export function knownMarket(symbol: string): Market {
  const market = marketOf(symbol);
  if (!market) throw refuse('INVALID_MARKET', 'Invalid market symbol');
  return market;
}

function checkPrice(text: string | undefined, market: Market): void {
  if (text === undefined) return;
  const price = amount(text);
  if (decimalsOf(price) > decimalsOf(market.tickSize))
    throw refuse('INVALID_PRICE', 'Price decimal too long');
  if (!price.mod(market.tickSize).eq(0))
    throw refuse('INVALID_PRICE', 'Price is not a multiple of the tick size');
  if (price.lt(market.tickSize)) throw refuse('INVALID_PRICE', 'Price is below the minimum price');
}

function checkBand(text: string | undefined, mark: Amount): void {
  if (text === undefined) return;
  const price = amount(text);
  if (price.lt(mark.times(band.min)) || price.gt(mark.times(band.max)))
    throw refuse('INVALID_PRICE', 'Price is too far from the last active price');
}

function checkQuantity(text: string | undefined, market: Market): void {
  if (text === undefined) return;
  const quantity = amount(text);
  if (decimalsOf(quantity) > decimalsOf(market.stepSize))
    throw refuse('INVALID_QUANTITY', 'Quantity decimal too long');
  if (!quantity.mod(market.stepSize).eq(0))
    throw refuse('INVALID_QUANTITY', 'Quantity is not a multiple of the step size');
  if (quantity.lt(market.minQuantity))
    throw refuse('INVALID_QUANTITY', 'Quantity is below the minimum quantity');
}

function checkShape(draft: Draft, market: Market): void {
  const isTrigger = draft.triggerPrice !== undefined;
  if (isTrigger !== (draft.triggerQuantity !== undefined))
    throw invalid('Must specify both triggerPrice and triggerQuantity or neither');
  if (!isTrigger && draft.triggerBy !== undefined)
    throw invalid('Must specify triggerPrice with triggerBy');
  const sizes = [draft.quantity, draft.quoteQuantity, draft.triggerQuantity];
  if (sizes.filter((size) => size !== undefined).length !== 1)
    throw invalid('Must specify exactly one of quantity, quoteQuantity or triggerQuantity');
  if (draft.orderType === 'Limit') {
    if (draft.price === undefined) throw invalid('Limit order must specify a price');
    if (draft.quoteQuantity !== undefined)
      throw invalid('Limit order must not specify quoteQuantity');
  } else {
    if (draft.price !== undefined) throw invalid('Market order must not specify a price');
    if (draft.postOnly) throw invalid('Market order cannot be post only');
  }
  if (draft.postOnly && draft.timeInForce !== undefined && draft.timeInForce !== 'GTC')
    throw invalid('Post only order must be GTC');
  if (draft.reduceOnly && market.marketType === 'SPOT')
    throw invalid('Reduce only is for futures only');
  if (marginFlags.some((flag) => draft[flag]) && market.marketType !== 'SPOT')
    throw invalid('Auto lend and auto borrow are for spot only');
  if ((draft.slippageTolerance === undefined) !== (draft.slippageToleranceType === undefined))
    throw invalid('Must specify both slippageTolerance and slippageToleranceType or neither');
  if (draft.stopLossLimitPrice !== undefined && draft.stopLossTriggerPrice === undefined)
    throw invalid('Must specify stopLossTriggerPrice with stopLossLimitPrice');
  if (draft.takeProfitLimitPrice !== undefined && draft.takeProfitTriggerPrice === undefined)
    throw invalid('Must specify takeProfitTriggerPrice with takeProfitLimitPrice');
  if (draft.stopLossTriggerBy !== undefined && draft.stopLossTriggerPrice === undefined)
    throw invalid('Must specify stopLossTriggerPrice with stopLossTriggerBy');
  if (draft.takeProfitTriggerBy !== undefined && draft.takeProfitTriggerPrice === undefined)
    throw invalid('Must specify takeProfitTriggerPrice with takeProfitTriggerBy');
  if (draft.slippageTolerance !== undefined && !amount(draft.slippageTolerance).gt(0))
    throw invalid('Slippage tolerance must be greater than zero');
}

/** A share of the position: more than none of it, at most all. */
function checkShare(text: string): void {
  const share = amount(text.slice(0, -1));
  if (!share.gt(0) || share.gt(100))
    throw refuse('INVALID_QUANTITY', 'Trigger quantity must be within 0% and 100%');
}

/**
 * What is wrong with an order by itself, before any account or book is looked at. One such order refuses a whole
 * batch.
 * @throws Refusal with the exchange's code and text.
 */
export function checkOrder(draft: Draft, markOf: (symbol: string) => Amount): void {
  const market = knownMarket(draft.symbol);
  if (!market.open) throw refuse('TRADING_PAUSED', 'Market is closed');
  checkShape(draft, market);
  checkPrice(draft.price, market);
  checkPrice(draft.triggerPrice, market);
  checkPrice(draft.stopLossTriggerPrice, market);
  checkPrice(draft.stopLossLimitPrice, market);
  checkPrice(draft.takeProfitTriggerPrice, market);
  checkPrice(draft.takeProfitLimitPrice, market);
  if (draft.triggerPrice === undefined) checkBand(draft.price, markOf(market.symbol));
  checkQuantity(draft.quantity, market);
  if (draft.triggerQuantity?.endsWith('%')) checkShare(draft.triggerQuantity);
  else checkQuantity(draft.triggerQuantity, market);
  if (draft.quoteQuantity !== undefined && !amount(draft.quoteQuantity).gt(0))
    throw refuse('INVALID_QUANTITY', 'Quantity is below the minimum quantity');
}
