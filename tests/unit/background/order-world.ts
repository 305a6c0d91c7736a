import { AppError } from '../../../src/core/errors.ts';
import type { RequestView } from '../../../src/messaging/requests.ts';
import { createPracticeExchange } from '../../exchange/exchange.ts';
import {
  ACCOUNT,
  createDisk,
  createVirtualClock,
  identityOf,
  type Life,
  type Process,
  startProcess,
  type World,
} from './world.ts';

export const wallet = { zone: 'wallet' } as const;
export const limit = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '90.50',
  quantity: '1.500',
};

/** A practice exchange with an account that can trade, and backgrounds over one disk. */
export async function orderWorld() {
  const clock = createVirtualClock();
  const practice = createPracticeExchange({ seed: 5, now: clock.now });
  const identity = identityOf(5);
  const { apiKey } = identity;
  practice.addAccount({
    apiKey,
    balances: { USDC: { available: '1000' }, SOL: { available: '10' } },
  });
  const world: World = { clock, practice, identity, disk: await createDisk() };
  return {
    ...{ clock, practice, apiKey, world },
    start: (life?: Life) => startProcess(world, life),
    /** What was sent that changes something. */
    changes: () => practice.requests().filter(({ method }) => method !== 'GET'),
    /** The view once it is settled, as a surface would see it. */
    async settled(process: Process, id: string): Promise<RequestView | undefined> {
      for (let i = 0; i < 300 && process.seen.get(id)?.state !== 'settled'; i += 1) {
        await clock.sleep(500);
      }
      return process.seen.get(id);
    },
  };
}

export const prepareOrder = (process: Process, params: unknown, instruction = 'orderExecute') =>
  process.corridor.prepare({ account: ACCOUNT, instruction, params });

/** The refusal as it crosses boundaries, or `no refusal`. */
export const refusalOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    () => 'no refusal',
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? { code: error.code, ...(error.data ?? {}) } : error;
};
