import type { Account } from './accounts.ts';
import { type Amount, amount, floorTo, minOf, zero } from './decimal.ts';
import type { Engine } from './engine.ts';
import type { Market } from './markets.ts';
import type { Draft, Order } from './order.ts';
import { Refusal, refuse } from './refusal.ts';

export type StrategyAsked = Pick<
  Draft,
  | 'symbol'
  | 'side'
  | 'price'
  | 'postOnly'
  | 'reduceOnly'
  | 'selfTradePrevention'
  | 'timeInForce'
  | 'slippageTolerance'
  | 'slippageToleranceType'
> & {
  readonly quantity: string;
  readonly duration: number;
  readonly interval: number;
  readonly clientStrategyId: number | undefined;
  readonly randomizedIntervalQuantity: boolean | undefined;
};
export interface Strategy {
  readonly id: string;
  readonly account: Account;
  readonly market: Market;
  readonly asked: StrategyAsked;
  readonly createdAt: number;
  readonly orders: Order[];
  /** How many of its parts have had their time. */
  parts: number;
  status: 'Running' | 'Completed' | 'Cancelled' | 'Terminated';
  cancelReason: 'InsufficientFunds' | undefined;
  /** True time of the last change: a lagging history does not know it yet. */
  changedAt: number;
}

export const executed = (
  { orders }: Strategy,
  what: 'executedQuantity' | 'executedQuoteQuantity',
): Amount => orders.reduce((sum, order) => sum.plus(order[what]), zero);

/** Orders placed in parts, one an interval, each time the exchange is asked for anything. */
export function createStrategies(options: {
  engine: Engine;
  clock(): number;
  now(): number;
  nextId(): string;
}) {
  const { engine, clock, now, nextId } = options;
  const strategies: Strategy[] = [];
  const isRunning = ({ status }: Strategy): boolean => status === 'Running';

  function end(strategy: Strategy, status: Strategy['status']): void {
    strategy.status = status;
    strategy.changedAt = now();
  }

  /** Places one part; what the last one leaves is rounded up into it. */
  function place(strategy: Strategy, count: number): void {
    const { account, asked, market } = strategy;
    const { clientStrategyId, duration, interval, randomizedIntervalQuantity, ...order } = asked;
    const whole = amount(asked.quantity);
    const given = strategy.orders.reduce((sum, { quantity }) => sum.plus(quantity ?? zero), zero);
    const share = floorTo(whole.div(count), market.stepSize);
    const isLast = strategy.parts === count;
    const quantity = isLast ? whole.minus(given) : minOf(share, whole.minus(given));
    if (quantity.lt(market.minQuantity)) return;
    const draft = {
      ...NO_EXTRAS,
      ...order,
      orderType: asked.price === undefined ? 'Market' : 'Limit',
      quantity: quantity.toFixed(),
      strategyId: strategy.id,
    } as const;
    try {
      strategy.orders.push(engine.place(account, market, draft));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      strategy.cancelReason = 'InsufficientFunds';
      end(strategy, 'Terminated');
    }
  }

  /** Does what has become due. */
  function advance(): void {
    for (const strategy of strategies.filter(isRunning)) {
      const { interval, duration } = strategy.asked;
      const count = Math.ceil(duration / interval);
      const due = Math.min(Math.floor((clock() - strategy.createdAt) / interval) + 1, count);
      while (strategy.parts < due && isRunning(strategy)) {
        strategy.parts += 1;
        place(strategy, count);
      }
      if (isRunning(strategy) && clock() >= strategy.createdAt + duration)
        end(strategy, 'Completed');
    }
  }

  return {
    advance,
    of: (account: Account) => strategies.filter((strategy) => strategy.account === account),
    create(account: Account, market: Market, asked: StrategyAsked): Strategy {
      if (asked.interval < 1 || asked.duration < asked.interval)
        throw refuse('INVALID_ORDER', 'Invalid interval');
      const strategy: Strategy = {
        id: nextId(),
        account,
        market,
        asked,
        createdAt: clock(),
        orders: [],
        parts: 0,
        status: 'Running',
        cancelReason: undefined,
        changedAt: now(),
      };
      strategies.push(strategy);
      advance();
      return strategy;
    },
    cancel: (strategy: Strategy): void => end(strategy, 'Cancelled'),
  };
}
export type Strategies = ReturnType<typeof createStrategies>;

/** The members of an order that a strategy's have none of. */
const NO_EXTRAS = {
  quoteQuantity: undefined,
  clientId: undefined,
  brokerId: undefined,
  triggerPrice: undefined,
  triggerQuantity: undefined,
  triggerBy: undefined,
  stopLossTriggerPrice: undefined,
  stopLossLimitPrice: undefined,
  stopLossTriggerBy: undefined,
  takeProfitTriggerPrice: undefined,
  takeProfitLimitPrice: undefined,
  takeProfitTriggerBy: undefined,
  autoLend: undefined,
  autoLendRedeem: undefined,
  autoBorrow: undefined,
  autoBorrowRepay: undefined,
};
