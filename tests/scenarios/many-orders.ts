import type { PracticeExchange } from '../exchange/exchange.ts';
import type { KeyPair } from '../exchange/keys.ts';
import { signedRequest } from '../exchange/seed-account.ts';

/** As many as the exchange takes in one request. */
const A_BATCH = 50;

/** So many orders that rest in the book, half of them on each side, none of the same client id. */
export function restOrders(exchange: PracticeExchange, keys: KeyPair, count: number): void {
  for (let from = 0; from < count; from += A_BATCH) {
    const params = Array.from({ length: Math.min(A_BATCH, count - from) }, (_, index) => {
      const number = from + index;
      const cents = String(number % 100).padStart(2, '0');
      return {
        symbol: 'SOL_USDC',
        side: number % 2 === 0 ? 'Bid' : 'Ask',
        orderType: 'Limit',
        price: `${number % 2 === 0 ? 140 : 160}.${cents}`,
        quantity: '0.01',
        clientId: number,
      };
    });
    const request = { method: 'POST', path: '/api/v1/orders', instruction: 'orderExecute', params };
    const outcome = exchange.handle(signedRequest(keys, { ...request, timestamp: Date.now() }));
    if (outcome.kind !== 'response' || outcome.response.status !== 200) {
      throw new Error('the orders were not taken');
    }
  }
}
