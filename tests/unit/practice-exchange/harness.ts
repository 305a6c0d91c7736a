import { addressFrom } from '../../exchange/addresses.ts';
import { createPracticeExchange, type PracticeOutcome } from '../../exchange/exchange.ts';
import type { SignedParams } from '../../exchange/params.ts';
import { type SeededAccount, seedAccount } from '../../exchange/seed-account.ts';

export const START = 1_750_000_000_000;

export interface Answer<B = unknown> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The parsed body, as the test expects it to be; undefined when it is not JSON. */
  readonly body: B;
}

export interface OrderBody {
  readonly id: string;
  readonly clientId: number | null;
  readonly createdAt: number;
  readonly executedQuoteQuantity: string;
  readonly status: string;
}
export type Levels = [price: string, quantity: string][];
export interface DepthBody {
  readonly asks: Levels;
  readonly bids: Levels;
  readonly lastUpdateId: string;
  readonly timestamp: number;
}
export interface HistoryBody {
  readonly id: string;
  readonly createdAt: string;
  readonly expiryReason: string | null;
}
export interface TransferBody {
  readonly id: number;
  readonly status: string;
}
type BalancesBody = Record<'USDC' | 'SOL', { available: string; locked: string; staked: string }>;

export function answerOf<B = unknown>(outcome: PracticeOutcome): Answer<B> {
  if (outcome.kind === 'dropped') throw new Error('the connection was cut');
  const { status, headers, body: text } = outcome.response;
  const isJson = headers['content-type']?.startsWith('application/json') && text !== '';
  return { status, headers, text, body: isJson ? JSON.parse(text) : undefined };
}

/** An exchange on a clock that stands still until told, and one account. */
export function setUp(options: Parameters<typeof seedAccount>[1] = {}) {
  let time = START;
  const exchange = createPracticeExchange({ seed: 7, now: () => time });
  const account = seedAccount(exchange, options);
  const call =
    <B>(method: string, path: string, instruction: string, from: SeededAccount = account) =>
    (params: SignedParams | readonly SignedParams[] = {}, signer: SeededAccount = from) =>
      answerOf<B>(signer.send({ method, path, instruction, params, timestamp: time }));
  return {
    exchange,
    account,
    pass: (ms: number) => {
      time += ms;
    },
    now: () => time,
    get: <B>(url: string) =>
      answerOf<B>(exchange.handle({ method: 'GET', url, headers: {}, body: '' })),
    accountQuery: call('GET', '/api/v1/account', 'accountQuery'),
    balances: call<BalancesBody>('GET', '/api/v1/capital', 'balanceQuery'),
    positions: call<{ netCost: string }[]>('GET', '/api/v1/position', 'positionQuery'),
    place: call<OrderBody>('POST', '/api/v1/order', 'orderExecute'),
    placeBatch: call('POST', '/api/v1/orders', 'orderExecute'),
    query: call<OrderBody>('GET', '/api/v1/order', 'orderQuery'),
    cancel: call('DELETE', '/api/v1/order', 'orderCancel'),
    open: call<OrderBody[]>('GET', '/api/v1/orders', 'orderQueryAll'),
    cancelAll: call('DELETE', '/api/v1/orders', 'orderCancelAll'),
    orderHistory: call<HistoryBody[]>('GET', '/wapi/v1/history/orders', 'orderHistoryQueryAll'),
    fillHistory: call<{ fee: string }[]>('GET', '/wapi/v1/history/fills', 'fillHistoryQueryAll'),
    deposits: call<TransferBody[]>('GET', '/wapi/v1/capital/deposits', 'depositQueryAll'),
    depositAddress: call('GET', '/wapi/v1/capital/deposit/address', 'depositAddressQuery'),
    withdrawals: call<TransferBody[]>('GET', '/wapi/v1/capital/withdrawals', 'withdrawalQueryAll'),
    withdraw: call<TransferBody>('POST', '/wapi/v1/capital/withdrawals', 'withdraw'),
    maxWithdrawal: call('GET', '/api/v1/account/limits/withdrawal', 'maxWithdrawalQuantity'),
    maxOrder: call('GET', '/api/v1/account/limits/order', 'maxOrderQuantity'),
    issueToken: call<{ signature: string }>('POST', '/wapi/v1/user/2fa', 'issueTwoFactorToken'),
  };
}

export const bid = (extra: SignedParams = {}): SignedParams => ({
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '140',
  quantity: '1',
  ...extra,
});

/** Somewhere outside the exchange. */
export const ELSEWHERE = addressFrom('Solana', 'elsewhere');
export const withdrawal = (extra: SignedParams = {}): SignedParams => ({
  address: ELSEWHERE,
  blockchain: 'Solana',
  quantity: '100',
  symbol: 'USDC',
  ...extra,
});
