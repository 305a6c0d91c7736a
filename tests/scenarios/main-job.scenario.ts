import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Driver, Surface } from '../drivers/driver.ts';
import { launch } from '../drivers/launch.ts';
import { createPracticeExchange } from '../exchange/exchange.ts';
import { keyPair } from '../exchange/keys.ts';
import { plenty } from '../exchange/seed-account.ts';
import { type PracticeServer, startServer } from '../exchange/server.ts';
import { type Done, mainJob } from './main-job.ts';

let driver: Driver;
let server: PracticeServer;
let surface: Surface;
const exchange = createPracticeExchange();
const key = { label: 'Main', ...keyPair(1) };

beforeAll(async () => {
  exchange.addAccount({ apiKey: key.apiKey, balances: plenty });
  server = await startServer(exchange);
  driver = await launch({ exchange: server });
  surface = await driver.open('popup');
});

afterAll(async () => {
  await driver?.close();
  await server?.close();
});

describe('main job', () => {
  const done = new Map<string, Done>();

  it('runs from an empty installation to a cancelled order', async () => {
    for await (const step of mainJob(surface, exchange, key)) done.set(step.step, step);
    expect([...done.keys()]).toEqual([
      'vault made',
      'key imported',
      'balances',
      'order reviewed',
      'order placed',
      'seen among open orders',
      'cancelled',
    ]);
  });

  it('shows at each step what the exchange has in its book', () => {
    expect(done.get('key imported')?.screen).toContain('Main');
    expect(done.get('balances')).toMatchObject({ book: 'SOL 50 available, 0 locked' });
    expect(done.get('balances')?.screen).toMatch(/SOL.*\b50\b/);
    expect(done.get('order reviewed')?.screen).toMatch(/1\.5.*100\.25/);
    const id = exchange.allOrders(key.apiKey).at(-1)?.id;
    expect(done.get('order placed')?.screen).toContain(`Order id ${id}`);
    expect(done.get('order placed')?.book).toBe(`1 open, order ${id} New`);
    expect(done.get('seen among open orders')?.screen).toMatch(/SOL_USDC Buy.*100\.25/);
    expect(done.get('seen among open orders')?.book).toBe(`1 open, order ${id} New`);
    expect(done.get('cancelled')?.screen).not.toContain('SOL_USDC');
    expect(done.get('cancelled')?.book).toBe(`0 open, order ${id} Cancelled`);
  });

  it('sent one order and one cancel, and nothing twice', () => {
    const count = (instruction: string): number =>
      exchange.requests().filter((request) => request.instruction === instruction).length;
    expect(count('orderExecute')).toBe(1);
    expect(count('orderCancel')).toBe(1);
    expect(exchange.allOrders(key.apiKey)).toHaveLength(1);
  });

  it('gave the page no error to report', () => {
    expect(surface.onConsoleError).toEqual([]);
  });
});
