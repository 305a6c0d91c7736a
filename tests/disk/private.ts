import type { PracticeExchange } from '../exchange/exchange.ts';
import { keyPair } from '../exchange/keys.ts';
import { amountNeedles, passwordNeedles, secretNeedles, textNeedles } from './needles.ts';
import type { Needle } from './search.ts';

// What a person in the disk test has that nobody else may read, each of a shape that nothing else on the disk has.

export const PASSWORD = 'Kx7 quern-flint 93 obelisk wharf #Mj2';
/** Typed where the password can be changed, and never sent. */
export const NEXT_PASSWORD = 'Vt4 sorrel-damask 58 gantry plinth @Qw9';

export const IMPORTED = { label: 'Disk', ...keyPair(31) };
/** Typed where another account can be added, and never sent. */
export const TYPED_KEY = keyPair(32);
/** The same, but pasted into the field beside the one for secrets. */
export const MISPLACED_KEY = keyPair(33);

export const BALANCE = '7351948261.735941';
export const ORDER = {
  market: 'BTC_USDC',
  side: 'Buy',
  price: '4812739.6',
  quantity: '173.16482',
} as const;
/** So that such a price is near enough. */
export const MARK_PRICE = '6500000';
/** Filled into the form for an order, and never sent. */
export const TYPED_ORDER = { ...ORDER, price: '4913827.4', quantity: '168.31795' };

export const secrets: readonly Needle[] = [
  ...secretNeedles('imported secret', IMPORTED.secret, IMPORTED.secret64),
  ...secretNeedles('secret typed, not sent', TYPED_KEY.secret, TYPED_KEY.secret64),
  ...secretNeedles('secret in the wrong field', MISPLACED_KEY.secret, MISPLACED_KEY.secret64),
  ...passwordNeedles('password', PASSWORD),
  ...passwordNeedles('new password typed, not sent', NEXT_PASSWORD),
];

/** The amounts of the account, as its holder and the exchange know them once the order rests in the book. */
export function amountsOf(exchange: PracticeExchange): Needle[] {
  const { available = '', locked = '' } = exchange.balances(IMPORTED.apiKey).USDC ?? {};
  const [order] = exchange.openOrders(IMPORTED.apiKey);
  if (!order) throw new Error('the exchange has no order');
  return [
    ...amountNeedles('available at first', BALANCE),
    ...amountNeedles('available', available),
    ...amountNeedles('locked', locked),
    ...amountNeedles('price', ORDER.price),
    ...amountNeedles('quantity', ORDER.quantity),
    ...textNeedles('order id', order.id),
    ...amountNeedles('price typed, not sent', TYPED_ORDER.price),
    ...amountNeedles('quantity typed, not sent', TYPED_ORDER.quantity),
  ];
}
