import { createPracticeExchange, type PracticeOutcome } from '../../exchange/exchange.ts';
import type { SignedParams } from '../../exchange/params.ts';
import { type SeededAccount, seedAccount } from '../../exchange/seed-account.ts';

export const START = 1_750_000_000_000;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests assert on what the answer really holds
  readonly body: any;
}

export function answerOf(outcome: PracticeOutcome): Answer {
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
    (method: string, path: string, instruction: string, from: SeededAccount = account) =>
    (params: SignedParams | readonly SignedParams[] = {}, signer: SeededAccount = from) =>
      answerOf(signer.send({ method, path, instruction, params, timestamp: time }));
  return {
    exchange,
    account,
    pass: (ms: number) => {
      time += ms;
    },
    now: () => time,
    get: (url: string) => answerOf(exchange.handle({ method: 'GET', url, headers: {}, body: '' })),
    accountQuery: call('GET', '/api/v1/account', 'accountQuery'),
    balances: call('GET', '/api/v1/capital', 'balanceQuery'),
    positions: call('GET', '/api/v1/position', 'positionQuery'),
    place: call('POST', '/api/v1/order', 'orderExecute'),
    placeBatch: call('POST', '/api/v1/orders', 'orderExecute'),
    query: call('GET', '/api/v1/order', 'orderQuery'),
    cancel: call('DELETE', '/api/v1/order', 'orderCancel'),
    open: call('GET', '/api/v1/orders', 'orderQueryAll'),
    cancelAll: call('DELETE', '/api/v1/orders', 'orderCancelAll'),
    orderHistory: call('GET', '/wapi/v1/history/orders', 'orderHistoryQueryAll'),
    fillHistory: call('GET', '/wapi/v1/history/fills', 'fillHistoryQueryAll'),
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
