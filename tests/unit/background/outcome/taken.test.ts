import { expect, it } from 'vitest';
import { limit, orderWorld, prepareOrder, wallet } from '../order-world.ts';

const batch = [limit, { ...limit, price: '91' }];
const strategy = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  strategyType: 'Scheduled',
  quantity: '1',
  duration: 60_000,
  interval: 10_000,
};
const asks: [string, unknown, string][] = [
  ['orderExecute', limit, '/api/v1/order'],
  ['orderExecute', batch, '/api/v1/orders'],
  ['strategyCreate', strategy, '/api/v1/strategy'],
];

it.each(asks)(
  'what the exchange says it has taken is never called absent: %s %j',
  async (instruction, params, path) => {
    const { start, practice, settled } = await orderWorld();
    const process = start();
    practice.faults.add({ kind: 'empty-202', method: 'POST', path });
    const prepared = await prepareOrder(process, params, instruction);
    await process.corridor.send(wallet, prepared);
    const view = await settled(process, prepared.id);
    expect(view).toMatchObject({ state: 'settled', outcome: 'unknown' });
    expect(view).not.toHaveProperty('taken');
  },
);

it.each(asks)(
  'what the exchange says it has taken is found: %s %j',
  async (instruction, params, path) => {
    const { start, practice, settled } = await orderWorld();
    const process = start();
    practice.faults.add({ kind: 'empty-202', method: 'POST', path, afterProcessing: true });
    const prepared = await prepareOrder(process, params, instruction);
    await process.corridor.send(wallet, prepared);
    expect(await settled(process, prepared.id)).toMatchObject({ outcome: 'placed' });
  },
);
