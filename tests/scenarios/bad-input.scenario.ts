import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { keyPair } from '../exchange/keys.ts';
import * as steps from './steps.ts';
import {
  createWorld,
  errorBeside,
  keyOf,
  recordsOnDisk,
  registeredKey,
  type World,
} from './world.ts';

let world: World;
let surface: Surface;

const own = keyPair(1);
const other = keyPair(2);
const halves = Buffer.concat([
  Buffer.from(own.secret, 'base64'),
  Buffer.from(other.apiKey, 'base64'),
]).toString('base64');

interface BadKey {
  what: string;
  apiKey: string;
  secret: string;
  beside: 'API key' | 'API secret';
  says: RegExp;
}

const BAD_KEYS: BadKey[] = [
  {
    what: 'a secret that is too short',
    apiKey: own.apiKey,
    secret: Buffer.from(own.secret, 'base64').subarray(1).toString('base64'),
    beside: 'API secret',
    says: /wrong length/,
  },
  {
    what: 'a secret with letters that base64 has not',
    apiKey: own.apiKey,
    secret: own.secret.replace(/^./, '*'),
    beside: 'API secret',
    says: /characters that base64 text never has/,
  },
  {
    what: 'a 64-byte secret whose halves disagree',
    apiKey: own.apiKey,
    secret: halves,
    beside: 'API secret',
    says: /two halves/,
  },
  {
    what: 'a secret of another key',
    apiKey: own.apiKey,
    secret: other.secret,
    beside: 'API key',
    says: /belongs to another API key/,
  },
  { what: 'no secret', apiKey: own.apiKey, secret: '', beside: 'API secret', says: /needed/ },
  {
    what: 'an API key that is none',
    apiKey: 'not-a-key',
    secret: own.secret,
    beside: 'API key',
    says: /not an API key/,
  },
];

interface BadNumber {
  what: string;
  market?: string;
  field: 'Price' | 'Quantity';
  typed: string;
  says: RegExp;
  /** What the button beside the error puts in. */
  mended?: string;
}

const GOOD: steps.OrderToPlace = {
  market: 'SOL_USDC',
  side: 'Buy',
  price: '100.25',
  quantity: '1.5',
};

const BAD_NUMBERS: BadNumber[] = [
  {
    what: 'a price off the tick',
    market: 'ETH_USDC',
    field: 'Price',
    typed: '3000.12',
    says: /must be a multiple of 0\.05/,
    mended: '3000.1',
  },
  {
    what: 'a price with too many decimals',
    field: 'Price',
    typed: '100.005',
    says: /Too many decimals. Use at most 2/,
    mended: '100',
  },
  {
    what: 'a quantity under the minimum',
    market: 'kPEPE_USDC',
    field: 'Quantity',
    typed: '99',
    says: /Too small. The least is 100/,
    mended: '100',
  },
  {
    what: 'a quantity with too many decimals',
    field: 'Quantity',
    typed: '1.005',
    says: /Too many decimals. Use at most 2/,
    mended: '1',
  },
  { what: 'an exponent', field: 'Price', typed: '1e2', says: /without an exponent/ },
  { what: 'a comma', field: 'Price', typed: '1,250.75', says: /Leave out commas/ },
  { what: 'a sign', field: 'Quantity', typed: '-1.5', says: /Leave out the sign/ },
  { what: 'a word', field: 'Quantity', typed: 'everything', says: /not a number/ },
  { what: 'nothing', field: 'Price', typed: '', says: /needed/ },
  { what: 'zero', field: 'Quantity', typed: '0', says: /Too small/ },
];

interface BadOption {
  what: string;
  /** What the order type is set to; the market is SOL_USDC_PERP, the side Buy, the price 150. */
  type: string;
  field: string | RegExp;
  typed: string;
  says: RegExp;
  mended?: string;
  /** Is the field among those that are folded away? */
  folded?: true;
}

const BAD_OPTIONS: BadOption[] = [
  {
    what: 'a trigger price off the tick',
    type: 'Stop market',
    field: 'Trigger price',
    typed: '155.005',
    says: /Too many decimals. Use at most 2/,
    mended: '155',
  },
  {
    what: 'no trigger price',
    type: 'Stop limit',
    field: 'Trigger price',
    typed: '',
    says: /needed/,
  },
  {
    what: 'a stop loss on the wrong side',
    type: 'Limit',
    field: /^Stop loss$/,
    typed: '151',
    says: /stop loss of a buy belongs below its price of 150/,
    folded: true,
  },
  {
    what: 'a take profit in words',
    type: 'Limit',
    field: /^Take profit$/,
    typed: 'high',
    says: /not a number/,
    folded: true,
  },
  {
    what: 'slippage of more than everything',
    type: 'Market',
    field: 'Slippage tolerance',
    typed: '101',
    says: /Too large. The most is 100/,
    mended: '100',
    folded: true,
  },
  {
    what: 'a client id that is too large',
    type: 'Limit',
    field: 'Client id',
    typed: '4294967296',
    says: /The most is 4,294,967,295/,
    folded: true,
  },
  {
    what: 'too many orders for a ladder',
    type: 'Ladder',
    field: 'Orders',
    typed: '21',
    says: /The most is 20/,
  },
  {
    what: 'a ladder without a range',
    type: 'Ladder',
    field: 'Last price',
    typed: '150',
    says: /first and the last price are the same/,
  },
];

/** Each under its own words, for the name of its test. */
const named = <T extends { what: string }>(cases: readonly T[]): [string, T][] =>
  cases.map((each) => [each.what, each]);

/** Ticks of the practice exchange are all powers of ten; one market gets one that is not. */
function withOddTick({ exchange }: World): void {
  const request = { method: 'GET', url: '/api/v1/markets', headers: {}, body: '' };
  const outcome = exchange.handle(request);
  if (outcome.kind !== 'response') throw new Error('the exchange does not answer');
  const markets: { symbol: string; filters: { price: { tickSize: string } } }[] = JSON.parse(
    outcome.response.body,
  );
  for (const { symbol, filters } of markets) {
    if (symbol === 'ETH_USDC') filters.price.tickSize = '0.05';
  }
  const body = JSON.stringify(markets);
  exchange.faults.add({ path: request.url, kind: 'status', status: 200, body, times: 1000 });
}

async function submitKey(key: { apiKey: string; secret: string }): Promise<void> {
  await surface.label('Account name').fill('Main');
  await surface.label('API key').fill(key.apiKey);
  await surface.label('API secret').fill(key.secret);
  await surface.role('button', 'Import key').click();
}

beforeAll(async () => {
  world = await createWorld();
  withOddTick(world);
  surface = await world.driver.open('popup');
});
afterAll(() => world?.close());

describe('bad input', () => {
  it('a new password that is too short, or typed differently twice', async () => {
    const submit = async (password: string, confirmed: string) => {
      await surface.label('Password').fill(password);
      await surface.label('Confirm password').fill(confirmed);
      await surface.role('button', 'Create vault').click();
    };
    await submit('seven!!', 'seven!!');
    expect(await errorBeside(surface, 'Password')).toMatch(/too short.*8 characters/);
    await submit(steps.PASSWORD, `${steps.PASSWORD}!`);
    expect(await errorBeside(surface, 'Confirm password')).toMatch(/two passwords differ/);
    expect(await recordsOnDisk(surface)).toEqual({});
    await steps.createVault(surface);
  });

  it.each(named(BAD_KEYS))('%s', async (_what, { apiKey, secret, beside, says }) => {
    await submitKey({ apiKey, secret });
    expect(await errorBeside(surface, beside)).toMatch(says);
    expect(await surface.label('Account name').value()).toBe('Main');
    expect(await surface.label('API key').value()).toBe(apiKey);
    expect(await surface.role('combobox', 'Account').count()).toBe(0);
    expect(world.exchange.requests().filter(({ instruction }) => instruction)).toEqual([]);
  });

  it('a key that the exchange does not know', async () => {
    await submitKey(keyOf('Main', 1));
    await surface.role('heading', 'Register the key of Main').waitFor();
    const alert = surface.role('alert');
    await alert.waitFor();
    expect(await alert.text()).toMatch(/does not know this key/);
    expect(await surface.label('Public key').value()).toBe(own.apiKey);
    registeredKey(world, 'Main', 1);
    await surface.role('button', 'I have registered it').click();
    await steps.balanceRow(surface, 'SOL');
  });

  it('a key that is there already', async () => {
    await steps.goTo(surface, 'Settings');
    await surface.role('button', 'Add account').click();
    await submitKey(own);
    expect(await errorBeside(surface, 'API key')).toMatch(/already holds this API key/);
    expect(await surface.role('combobox', 'Account').css('option').count()).toBe(1);
  });

  it.each(named(BAD_NUMBERS))('%s', async (_what, { market, field, typed, says, mended }) => {
    const form = surface.role('form', 'Place order');
    await steps.fillOrder(surface, { ...GOOD, market: market ?? GOOD.market });
    await form.label(field).fill(typed);
    await surface.role('button', 'Review order').click();
    expect(await errorBeside(surface, field)).toMatch(says);
    expect(await surface.role('dialog').count()).toBe(0);
    await expect.poll(() => form.label(field).isFocused()).toBe(true);
    expect(await form.label(field).value()).toBe(typed);
    const kept = field === 'Price' ? 'Quantity' : 'Price';
    expect(await form.label(kept).value()).toBe(field === 'Price' ? GOOD.quantity : GOOD.price);
    if (mended !== undefined) {
      await form.role('button', `Use ${mended}`).click();
      await expect.poll(() => form.label(field).value()).toBe(mended);
      await expect.poll(() => form.label(field).attribute('aria-invalid')).toBeNull();
    }
    expect(world.changes()).toBe(0);
  });

  it.each(named(BAD_OPTIONS))('%s', async (_what, { type, field, typed, says, mended, folded }) => {
    await steps.goTo(surface, 'Trade');
    const form = surface.role('form', 'Place order');
    await steps.fillOrder(surface, { ...GOOD, market: 'SOL_USDC_PERP', price: '150' });
    await form.role('combobox', 'Order type').select(type);
    if (type === 'Ladder') {
      await form.label('First price').fill('150');
      await form.label('Last price').fill('160');
    }
    const options = form.css('.more-options');
    if (folded && (await options.attribute('open')) === null) {
      await options.css('summary').click();
    }
    const before = await form.label(field).value();
    await form.label(field).fill(typed);
    await surface.role('button', 'Review order').click();
    expect(await errorBeside(surface, field)).toMatch(says);
    expect(await surface.role('dialog').count()).toBe(0);
    await expect.poll(() => form.label(field).isFocused()).toBe(true);
    expect(await form.label(field).value()).toBe(typed);
    expect(await form.label('Quantity').value()).toBe(GOOD.quantity);
    if (mended !== undefined) {
      await form.role('button', `Use ${mended}`).click();
      await expect.poll(() => form.label(field).value()).toBe(mended);
    }
    await form.label(field).fill(before);
    expect(world.changes()).toBe(0);
  });

  it('a validity that is not allowed', async () => {
    await steps.goTo(surface, 'Settings');
    const field = surface.label('Request validity');
    for (const [typed, says] of [
      ['999', /least is 1,?000/],
      ['60001', /most is 60,?000/],
      ['5 s', /not a number/],
    ] as const) {
      await field.fill(typed);
      await surface.role('button', /^Save$/).click();
      expect([typed, await errorBeside(surface, 'Request validity')]).toEqual([
        typed,
        expect.stringMatching(says),
      ]);
      expect(await field.value()).toBe(typed);
    }
    await surface.reload();
    await steps.goTo(surface, 'Settings');
    await expect.poll(() => field.value()).toBe('5000');
    expect(surface.onConsoleError).toEqual([]);
  });
});
