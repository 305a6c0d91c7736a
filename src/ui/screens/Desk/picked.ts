import type { Decimal } from '../../../core/decimal.ts';
import type { OrderDraft } from '../../../exchange/order-draft.ts';

/** What of the ticket becomes another when a price is picked from the book: the price that its kind of order goes by. */
export function picked({ orderType, ladderFrom }: OrderDraft, price: Decimal): Partial<OrderDraft> {
  switch (orderType) {
    case 'Limit':
    case 'StopLimit':
      return { price };
    case 'StopMarket':
      return { triggerPrice: price };
    case 'Ladder':
      return ladderFrom.trim() === '' ? { ladderFrom: price } : { ladderTo: price };
    case 'Market':
      // Whoever picks a price does not want just any.
      return { orderType: 'Limit', price };
  }
}
