import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  entryOf,
  type Instruction,
  instructions,
  isRead,
} from '../../src/exchange/instructions/index.ts';
import type { Surface } from '../drivers/driver.ts';
import { until } from '../drivers/wait.ts';
import { addressFrom } from '../exchange/addresses.ts';
import { BAGGAGE, tour } from '../instructions/tour.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// Every instruction of the table once through the packed extension, asked from one of Buckle's own pages.

let world: World;
let surface: Surface;
let trader: steps.KeyToImport;
let account: string;

type Reply = { ok: true; value: Record<string, unknown> } | { ok: false; error: unknown };

/** What one of Buckle's pages is answered. */
async function ask(method: string, request: object): Promise<Record<string, unknown>> {
  const reply = await surface.evaluate<Reply>(
    `(method, request) => (globalThis.browser ?? chrome).runtime
      .sendMessage({ channel: 'buckle-wallet', method, request })`,
    method,
    request,
  );
  if (reply.ok) return reply.value;
  throw new Error(`${method} failed: ${JSON.stringify(reply.error)}`);
}

/** Reviews, confirms and sends a request, as a surface does, and yields how it ended. */
async function send(instruction: Instruction, params: object, more: object = {}): Promise<unknown> {
  const prepared = await ask('requests.prepare', { account, instruction, params });
  const password = prepared.needsPassword ? { password: steps.PASSWORD } : {};
  const { id, digest } = prepared;
  const asked = { id, account, instruction, params: prepared.params, digest };
  await ask('requests.send', { ...asked, ...password, ...more });
  return until(`${instruction} to be settled`, async () => {
    const list = Object.values(await ask('requests.list', {})) as Record<string, unknown>[];
    const found = list.find((each) => each.id === id);
    return found?.state === 'settled' ? found.outcome : undefined;
  });
}

beforeAll(async () => {
  world = await createWorld();
  trader = registeredKey(world, 'Trader', 1, { balances: BAGGAGE });
  surface = await steps.openWithAccount(world.driver, trader);
  const opening = (await ask('session.open', {})) as { unlocked: { selected: string } };
  account = opening.unlocked.selected;
});
afterAll(() => world?.close());

describe('every instruction', () => {
  it('goes through the packed extension to the exchange, and its answer comes back', async () => {
    const seen = new Map<Instruction, unknown>();
    for (const stop of tour) {
      const { instruction } = stop;
      const happened = stop.before?.(world.exchange, trader.apiKey, seen);
      const params = stop.params(seen, happened);
      if (isRead(instruction)) {
        const { answer } = await ask('exchange.read', { account, instruction, params });
        seen.set(instruction, answer);
      } else {
        const outcome = entryOf(instruction).outcome === 'byClientId' ? 'placed' : 'done';
        expect(await send(instruction, params), instruction).toBe(outcome);
      }
    }
  });

  it('the one for Buckle alone as part of a withdrawal', async () => {
    world.exchange.setTwoFactor('issued');
    const params = {
      address: addressFrom('Solana', 'elsewhere'),
      blockchain: 'Solana',
      symbol: 'USDC',
      quantity: '10',
    };
    const code = world.exchange.twoFactorCode(trader.apiKey);
    expect(await send('withdraw', params, { twoFactor: { way: 'app', code } })).toBe('placed');
  });

  it('orders as one batch, and an edit as two requests of which each is told apart', async () => {
    const order = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '90' };
    const params = [
      { ...order, quantity: '1' },
      { ...order, price: '91', quantity: '99999999' },
    ];
    expect(await send('orderExecute', params)).toBe('partly');
    const open = () => world.exchange.openOrders(trader.apiKey);
    const resting = open().find(({ price }) => price === '90');
    const edit = await ask('requests.prepareEdit', {
      account,
      order: { symbol: 'SOL_USDC', orderId: resting?.id },
      params: { ...order, price: '92', quantity: '1' },
    });
    const half = (name: string) => {
      const { id, digest, params: prepared } = edit[name] as Record<string, unknown>;
      return { id, digest, params: prepared };
    };
    const confirmed = { account, cancel: half('cancel'), order: half('order'), executed: '0' };
    expect(await ask('requests.edit', confirmed)).toMatchObject({
      cancel: { outcome: 'done', replacedBy: confirmed.order.id },
      order: { outcome: 'placed', replaces: confirmed.cancel.id },
    });
    expect(open().some(({ price }) => price === '92')).toBe(true);
    expect(open().some(({ id }) => id === resting?.id)).toBe(false);
  });

  it('has arrived', () => {
    const arrived = new Set(world.exchange.requests().map(({ instruction }) => instruction));
    expect(Object.keys(instructions).filter((name) => !arrived.has(name))).toEqual([]);
    expect(surface.onConsoleError).toEqual([]);
  });
});
