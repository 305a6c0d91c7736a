import type { Account } from './accounts.ts';
import { marketType } from './capital.ts';
import { plain } from './decimal.ts';
import { type Endpoint, endpoint, json, type World } from './endpoint.ts';
import { naive, orderShape } from './order.ts';
import { fits, page, paging } from './paging.ts';
import { flag, oneOf, optional, text, u16, u32, u64 } from './params.ts';
import { refuse } from './refusal.ts';
import { checkOrder, knownMarket } from './rules.ts';
import { executed, type Strategy } from './strategies.ts';

const strategyType = oneOf('StrategyTypeEnum', 'Scheduled');
const which = { symbol: text, strategyId: optional(text), clientStrategyId: optional(u32) };

/** `time` writes moments: a number in live answers, text in the history. */
function answer(strategy: Strategy, time: (ms: number) => number | string): object {
  const { asked } = strategy;
  return {
    id: strategy.id,
    strategyType: 'Scheduled',
    clientStrategyId: asked.clientStrategyId ?? null,
    createdAt: time(strategy.createdAt),
    executedQuantity: plain(executed(strategy, 'executedQuantity')),
    executedQuoteQuantity: plain(executed(strategy, 'executedQuoteQuantity')),
    quantity: asked.quantity,
    reduceOnly: asked.reduceOnly ?? null,
    selfTradePrevention: asked.selfTradePrevention ?? 'RejectTaker',
    status: strategy.status,
    side: asked.side,
    symbol: strategy.market.symbol,
    timeInForce: asked.timeInForce ?? 'GTC',
    duration: asked.duration,
    interval: asked.interval,
    randomizedIntervalQuantity: asked.randomizedIntervalQuantity ?? false,
    slippageTolerance: asked.slippageTolerance ?? null,
    slippageToleranceType: asked.slippageToleranceType ?? null,
  };
}
const live = (strategy: Strategy): object => answer(strategy, (ms) => ms);

interface Which {
  readonly symbol: string;
  readonly strategyId: string | undefined;
  readonly clientStrategyId: number | undefined;
}
function running(account: Account, world: World, asked: Which): Strategy | undefined {
  knownMarket(asked.symbol);
  if ((asked.strategyId === undefined) === (asked.clientStrategyId === undefined))
    throw refuse(
      'INVALID_CLIENT_REQUEST',
      'Must specify exactly one of strategyId or clientStrategyId',
    );
  return world.desks.strategies
    .of(account)
    .find(
      ({ id, status, market, asked: { clientStrategyId } }) =>
        status === 'Running' &&
        market.symbol === asked.symbol &&
        (asked.strategyId === undefined
          ? clientStrategyId === asked.clientStrategyId
          : id === asked.strategyId),
    );
}

export const strategyEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/strategy',
    instruction: 'strategyCreate',
    payload: 'StrategyCreatePayload',
    params: {
      autoLend: optional(flag),
      autoLendRedeem: optional(flag),
      autoBorrow: optional(flag),
      autoBorrowRepay: optional(flag),
      brokerId: optional(u16),
      clientStrategyId: optional(u32),
      strategyType,
      symbol: text,
      side: orderShape.side,
      quantity: orderShape.quantity,
      price: orderShape.price,
      postOnly: orderShape.postOnly,
      reduceOnly: orderShape.reduceOnly,
      selfTradePrevention: orderShape.selfTradePrevention,
      timeInForce: orderShape.timeInForce,
      duration: optional(u64),
      interval: optional(u64),
      randomizedIntervalQuantity: optional(flag),
      slippageTolerance: orderShape.slippageTolerance,
      slippageToleranceType: orderShape.slippageToleranceType,
    },
    handle({ params, account, world }) {
      const { quantity, duration, interval } = params;
      if (quantity === undefined || duration === undefined || interval === undefined)
        throw refuse('INVALID_ORDER', 'Must specify quantity, duration and interval');
      const asked = { ...params, quantity, duration, interval };
      checkOrder(
        { ...NO_TRIGGER, ...asked, orderType: params.price === undefined ? 'Market' : 'Limit' },
        world.markOf,
      );
      const market = knownMarket(params.symbol);
      return json(live(world.desks.strategies.create(account, market, asked)));
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/strategy',
    instruction: 'strategyQuery',
    params: which,
    handle({ params, account, world }) {
      const found = running(account, world, params);
      if (!found) throw refuse('RESOURCE_NOT_FOUND', 'Not Found', 404);
      return json(live(found));
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/api/v1/strategy',
    instruction: 'strategyCancel',
    payload: 'StrategyCancelPayload',
    params: which,
    handle({ params, account, world }) {
      const found = running(account, world, params);
      if (!found) throw refuse('INVALID_CLIENT_REQUEST', 'Strategy not found');
      world.desks.strategies.cancel(found);
      return json(live(found));
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/strategies',
    instruction: 'strategyQueryAll',
    params: {
      symbol: optional(text),
      marketType: optional(marketType),
      strategyType: optional(strategyType),
    },
    handle({ params, account, world }) {
      const shown = world.desks.strategies
        .of(account)
        .filter(
          ({ status, market }) =>
            status === 'Running' &&
            (params.symbol ?? market.symbol) === market.symbol &&
            (params.marketType ?? market.marketType) === market.marketType,
        );
      return json(shown.map(live));
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/api/v1/strategies',
    instruction: 'strategyCancelAll',
    payload: 'StrategyCancelAllPayload',
    params: { symbol: text, strategyType: optional(strategyType) },
    handle({ params, account, world }) {
      const market = knownMarket(params.symbol);
      const meant = world.desks.strategies
        .of(account)
        .filter((strategy) => strategy.status === 'Running' && strategy.market === market);
      for (const strategy of meant) world.desks.strategies.cancel(strategy);
      return json(meant.map(live));
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/strategies',
    instruction: 'strategyHistoryQueryAll',
    params: {
      strategyId: optional(text),
      symbol: optional(text),
      marketType: optional(marketType),
      ...paging,
    },
    handle({ params, account, world }) {
      const rows = world.desks.strategies
        .of(account)
        .filter(
          ({ changedAt, market }) =>
            changedAt <= world.historyEnd() &&
            (params.marketType ?? market.marketType) === market.marketType,
        )
        .map((strategy) => ({
          ...answer(strategy, naive),
          cancelReason: strategy.cancelReason ?? null,
        }))
        .filter((row) => fits(row, { id: params.strategyId, symbol: params.symbol }));
      return page(rows, params);
    },
  }),
];

/** The members of an order that a strategy has none of. */
const NO_TRIGGER = {
  quoteQuantity: undefined,
  clientId: undefined,
  triggerPrice: undefined,
  triggerQuantity: undefined,
  triggerBy: undefined,
  stopLossTriggerPrice: undefined,
  stopLossLimitPrice: undefined,
  stopLossTriggerBy: undefined,
  takeProfitTriggerPrice: undefined,
  takeProfitLimitPrice: undefined,
  takeProfitTriggerBy: undefined,
};
