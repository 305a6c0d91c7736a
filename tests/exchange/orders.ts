import type { Account } from './accounts.ts';
import { marketType } from './capital.ts';
import { batchEndpoint, endpoint, json, type World } from './endpoint.ts';
import { type Draft, isOpen, liveAnswer, type Order, orderShape } from './order.ts';
import { oneOf, optional, text, u32 } from './params.ts';
import { Refusal, refuse } from './refusal.ts';
import { checkOrder, knownMarket } from './rules.ts';
import { fund } from './spot-margin.ts';

const LARGEST_BATCH = 50;

function place(account: Account, world: World, draft: Draft): Order {
  fund(account, world, draft);
  return world.engine.place(account, knownMarket(draft.symbol), draft);
}

interface Reference {
  readonly symbol: string;
  readonly orderId: string | undefined;
  readonly clientId: number | undefined;
}
const reference = { symbol: text, orderId: optional(text), clientId: optional(u32) };

/** The open order that is meant; with several under one client id, the oldest. */
function findOpen(account: Account, { symbol, orderId, clientId }: Reference): Order | undefined {
  knownMarket(symbol);
  if ((orderId === undefined) === (clientId === undefined))
    throw refuse('INVALID_CLIENT_REQUEST', 'Must specify exactly one of orderId or clientId');
  return account.orders.find(
    (order) =>
      isOpen(order) &&
      order.market.symbol === symbol &&
      (orderId === undefined ? order.draft.clientId === clientId : order.id === orderId),
  );
}

/** Orders: one, many, all. Client ids may repeat, and nothing is looked up by them except open orders. */
export const orderEndpoints = [
  endpoint({
    method: 'GET',
    path: '/api/v1/order',
    instruction: 'orderQuery',
    params: reference,
    handle({ params, account }) {
      const order = findOpen(account, params);
      if (!order) throw refuse('RESOURCE_NOT_FOUND', 'Not Found', 404);
      return json(liveAnswer(order));
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/order',
    instruction: 'orderExecute',
    payload: 'OrderExecutePayload',
    params: orderShape,
    handle({ params, account, world }) {
      checkOrder(params, world.markOf);
      return json(liveAnswer(place(account, world, params)));
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/api/v1/order',
    instruction: 'orderCancel',
    payload: 'OrderCancelPayload',
    params: reference,
    handle({ params, account, world }) {
      const order = findOpen(account, params);
      if (!order) throw refuse('INVALID_CLIENT_REQUEST', 'Order not found');
      world.engine.cancel(order);
      return json(liveAnswer(order));
    },
  }),
  batchEndpoint({
    method: 'POST',
    path: '/api/v1/orders',
    instruction: 'orderExecute',
    payload: 'OrderExecutePayload',
    params: orderShape,
    most: LARGEST_BATCH,
    handle({ params, account, world }) {
      for (const draft of params) checkOrder(draft, world.markOf);
      const answers = params.map((draft) => {
        try {
          return { operation: 'Ok', ...liveAnswer(place(account, world, draft)) };
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          return { operation: 'Err', code: error.code, message: error.message };
        }
      });
      return json(answers);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/orders',
    instruction: 'orderQueryAll',
    params: { symbol: optional(text), marketType: optional(marketType) },
    handle({ params, account }) {
      if (params.symbol !== undefined) knownMarket(params.symbol);
      const shown = account.orders.filter(
        (order) =>
          isOpen(order) &&
          (params.symbol ?? order.market.symbol) === order.market.symbol &&
          (params.marketType ?? order.market.marketType) === order.market.marketType,
      );
      return json(shown.map(liveAnswer));
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/api/v1/orders',
    instruction: 'orderCancelAll',
    payload: 'OrderCancelAllPayload',
    params: {
      symbol: text,
      orderType: optional(oneOf('CancelOrderTypeEnum', 'RestingLimitOrder', 'ConditionalOrder')),
    },
    handle({ params, account, world }) {
      const market = knownMarket(params.symbol);
      const kindOf = (order: Order) =>
        order.status === 'TriggerPending' ? 'ConditionalOrder' : 'RestingLimitOrder';
      const meant = account.orders.filter(
        (order) =>
          isOpen(order) &&
          order.market === market &&
          (params.orderType ?? kindOf(order)) === kindOf(order),
      );
      for (const order of meant) world.engine.cancel(order);
      return json(meant.map(liveAnswer));
    },
  }),
];
