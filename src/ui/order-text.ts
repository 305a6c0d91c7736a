import * as v from 'valibot';
import { orderParams, orders } from '../exchange/instructions/orders.ts';
import type { HistoricOrder, Order } from '../exchange/types.ts';
import { sentence } from './text.ts';

/** An order of a list in one sentence, as when it was placed. Its market alone if it is of a kind we have no words for. */
export function orderSentence(order: Order | HistoricOrder): string {
  const { symbol, side, orderType, price, quantity, quoteQuantity } = order;
  const { triggerPrice, triggerQuantity } = order;
  const size =
    triggerPrice == null ? { quantity, quoteQuantity } : { triggerPrice, triggerQuantity };
  const limited = orderType === 'Limit' ? { price } : {};
  const members = Object.entries({ symbol, side, orderType, ...limited, ...size });
  // An answered market order carries both sizes: the quantity is the one to name.
  const given = members.filter(
    ([key, value]) => value != null && !(key === 'quoteQuantity' && quantity != null),
  );
  const params = v.safeParse(orderParams, Object.fromEntries(given));
  return params.success ? sentence(orders.orderExecute.words(params.output)) : symbol;
}
