import { utf8 } from '../../src/core/bytes.ts';
import { canonicalString } from '../../src/core/canonical.ts';
import { createSigner } from '../../src/core/signing.ts';
import { createExchange } from '../../src/exchange/client.ts';
import { entryOf } from '../../src/exchange/instructions/index.ts';
import { decodeParams } from '../../src/exchange/schema.ts';
import { answerWith } from './answer.ts';

// Runs as the worker of an extension of its own: what Buckle's worker does for an order up to the
// moment it would leave, beside the bare signature that cannot be done without.

const ORDER = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '150.25',
  quantity: '1.5',
  timeInForce: 'GTC',
  clientId: 123456,
};
const ROUND_MS = 300;

async function perSecond(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < ROUND_MS) {
    await act();
    count += 1;
  }
  return (count * 1000) / (performance.now() - start);
}

async function prepare() {
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('no key pair');
  const key = pair.privateKey;
  const exchange = createExchange({
    fetch: async () => new Response(String(Date.now())),
    now: Date.now,
    monotonic: () => performance.now(),
    sleep: async () => undefined,
    random: Math.random,
    online: () => true,
    rate: {
      take: async () => undefined,
      pause: () => undefined,
      read: () => ({ left: 1, capacity: 1 }),
    },
    clockMemory: { get: async () => undefined, set: async () => undefined },
  });
  const identity = { apiKey: 'A'.repeat(43).concat('='), sign: createSigner(key) };
  const entry = entryOf('orderExecute');
  const whole = () => {
    const params = decodeParams(entry.params, ORDER);
    const request = { instruction: 'orderExecute', entry, params, window: 5000 };
    return exchange.stamp(identity, request, 'wallet');
  };
  const text = utf8(canonicalString('orderExecute', ORDER, Date.now(), 5000));
  const bare = () => crypto.subtle.sign('Ed25519', key, text);
  return { whole: () => perSecond(whole), bare: () => perSecond(bare) };
}

answerWith(prepare());
