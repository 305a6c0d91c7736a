import type { Prepared } from '../../../src/messaging/requests.ts';
import type { ApprovalView } from '../../../src/messaging/sites.ts';
import { account } from './background.ts';

// What a site asks, as the background passes it on.

export const SITE = 'https://desk.example.com';

const uuid = (start: string, number: number): string =>
  `${start}-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const ticket = (number: number): string => uuid('30000000', number);

/** An order to buy 1.5 SOL at 150, completed by the background. */
export const preparedOrder = (number: number, more: Partial<Prepared> = {}): Prepared => ({
  id: uuid('20000000', number),
  account: account(1).id,
  apiKey: account(1).apiKey,
  label: 'Account 1',
  instruction: 'orderExecute',
  method: 'POST',
  path: '/api/v1/order',
  params: {
    symbol: 'SOL_USDC',
    side: 'Bid',
    orderType: 'Limit',
    price: '150',
    quantity: '1.5',
    timeInForce: 'GTC',
    postOnly: true,
    clientId: number,
  },
  window: 5000,
  canonical: `instruction=orderExecute&clientId=${number}&orderType=Limit&postOnly=true&price=150&quantity=1.5&side=Bid&symbol=SOL_USDC&timeInForce=GTC`,
  digest: `digest ${number}`,
  phrase: { key: 'wordsOrderBuyLimit', values: ['1.5 SOL', '150 USDC', '', 'SOL'] },
  needsPassword: false,
  ...more,
});

export const approvalOf = (number: number, more: Partial<ApprovalView> = {}): ApprovalView => ({
  ticket: ticket(number),
  origin: SITE,
  askedAt: number,
  kind: 'send',
  account: account(1).id,
  requests: [preparedOrder(number)],
  digest: `digest ${number}`,
  because: 'not-granted',
  ...more,
});

export const connectView = (
  number: number,
  scopes: ('read' | 'trade')[] = ['read'],
  reason = '',
): ApprovalView => {
  const { account: _none, ...view } = approvalOf(number, {
    kind: 'connect',
    requests: [],
    connect: { scopes, reason },
  });
  return view;
};
