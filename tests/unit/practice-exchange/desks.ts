import type { SignedParams } from '../../exchange/params.ts';
import { setUp } from './harness.ts';

const baggage = {
  USDC: { available: '1000' },
  SOL: { available: '10' },
  BTC: { available: '0.000001' },
};

/** The exchange with one account, asked by method, path and instruction. */
export function atDesks() {
  const world = setUp({ balances: baggage });
  const { account, now } = world;
  const call = <B>(
    method: string,
    path: string,
    instruction: string,
    params: SignedParams = {},
  ) => {
    const outcome = account.send({ method, path, instruction, params, timestamp: now() });
    if (outcome.kind === 'dropped') throw new Error('the connection was cut');
    const { status, body, headers } = outcome.response;
    return { status, headers, body: (body === '' ? undefined : JSON.parse(body)) as B };
  };
  const held = (asset: string) => world.exchange.balances(account.apiKey)[asset];
  return { ...world, call, held };
}
export interface Refused {
  code: string;
}
