import { AppError } from '../../../src/core/errors.ts';
import type { Answered } from '../../../src/exchange/client.ts';
import type { AnyPrepared, RequestView, TwoFactor } from '../../../src/messaging/requests.ts';
import { createPracticeExchange } from '../../exchange/exchange.ts';
import {
  ACCOUNT,
  createDisk,
  createVirtualClock,
  fetchFrom,
  identityOf,
  PASSWORD,
  startProcess,
} from './world.ts';

export const wallet = { zone: 'wallet' } as const;
export const asked = {
  symbol: 'USDC',
  blockchain: 'Solana',
  address: '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU',
  quantity: '250.500',
};

type Fetch = ReturnType<typeof fetchFrom>;

/** Keeps whatever leaves, or comes back, as a second factor. */
function listening(send: Fetch) {
  const tokens: string[] = [];
  const hear = (pattern: RegExp, text: string): void => {
    const heard = pattern.exec(text)?.[1];
    if (heard !== undefined) tokens.push(heard);
  };
  const fetch: Fetch = async (url, init) => {
    hear(/"twoFactorToken":"([^"]+)"/, String(init.body));
    const response = await send(url, init);
    if (url.endsWith('/user/2fa')) {
      hear(/"signature":"([^"]+)"/, await response.text());
    }
    return response;
  };
  return { fetch, tokens };
}

/** An account with money, a process, and what a person does with them. */
export async function withdrawalWorld(
  /** What becomes of a request on its way to the exchange and back. */
  onTheWay: (send: Fetch, url: string, init: RequestInit) => Promise<Answered> = (
    send,
    url,
    init,
  ) => send(url, init),
) {
  const clock = createVirtualClock();
  const practice = createPracticeExchange({ seed: 11, now: clock.now });
  const identity = identityOf(11);
  const { apiKey } = identity;
  practice.addAccount({
    apiKey,
    balances: {
      USDC: { available: '1000' },
      USDT: { available: '1000' },
      ETH: { available: '5' },
      XRP: { available: '100' },
    },
  });
  const disk = await createDisk();
  const direct = fetchFrom(practice, clock);
  const { fetch, tokens } = listening((url, init) => onTheWay(direct, url, init));
  const start = () => startProcess({ clock, practice, identity, disk, fetch });
  const process = start();
  const prepare = (params: object = asked): Promise<AnyPrepared> =>
    process.corridor.prepare({ account: ACCOUNT, instruction: 'withdraw', params: { ...params } });
  const send = (
    prepared: AnyPrepared,
    secrets: { password?: string; twoFactor?: TwoFactor } = { password: PASSWORD },
  ): Promise<RequestView> => process.corridor.send(wallet, { ...prepared, ...secrets });
  const sent = () =>
    practice
      .requests()
      .filter(({ method, path }) => method === 'POST' && path.endsWith('/withdrawals'));
  const settled = async (id: string): Promise<RequestView | undefined> => {
    for (let i = 0; i < 400 && process.seen.get(id)?.state !== 'settled'; i += 1) {
      await clock.sleep(250);
    }
    return process.seen.get(id);
  };
  const withdrawals = () => practice.withdrawals(apiKey);
  return {
    clock,
    practice,
    apiKey,
    process,
    start,
    prepare,
    send,
    sent,
    settled,
    withdrawals,
    tokens: () => tokens,
    inspect: process.inspect,
  };
}

export const refusalOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    () => 'no refusal',
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? { code: error.code, ...(error.data ?? {}) } : error;
};
