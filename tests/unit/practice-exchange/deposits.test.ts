import { describe, expect, it } from 'vitest';
import { type Chain, isWellFormed } from '../../exchange/addresses.ts';
import { createPracticeExchange } from '../../exchange/exchange.ts';
import { keyPair } from '../../exchange/keys.ts';
import { seedAccount } from '../../exchange/seed-account.ts';
import { START, setUp, withdrawal } from './harness.ts';

const hundred = { symbol: 'USDC', blockchain: 'Ethereum', quantity: '100' };
const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id);

describe('deposits', () => {
  it('reach the balance once confirmed, and their row says how they stand', () => {
    const { exchange, account, deposits, balances, pass } = setUp();
    const id = exchange.depositArrives(account.apiKey, { ...hundred, confirmations: 3 });
    pass(2_999);
    expect(balances().body.USDC.available).toBe('10000');
    expect(exchange.deposits(account.apiKey)).toMatchObject([{ id, status: 'pending' }]);
    pass(1);
    expect(exchange.balances(account.apiKey).USDC?.available).toBe('10100');
    expect(balances().body.USDC.available).toBe('10100');
    expect(deposits().body).toEqual([
      {
        createdAt: new Date(START).toISOString().slice(0, -1),
        fiatAmount: null,
        fiatCurrency: null,
        fromAddress: expect.stringMatching(/^0x/),
        id,
        institutionBic: null,
        platformMemo: null,
        quantity: '100',
        source: 'ethereum',
        status: 'confirmed',
        symbol: 'USDC',
        toAddress: exchange.depositAddress(account.apiKey, 'Ethereum'),
        transactionHash: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      },
    ]);
  });
  it('that wait for something else never reach it', () => {
    const { exchange, account, deposits, balances, pass } = setUp();
    const status = 'senderVerificationRequired';
    exchange.depositArrives(account.apiKey, { ...hundred, status });
    pass(86_400_000);
    expect(balances().body.USDC.available).toBe('10000');
    expect(deposits().body).toMatchObject([{ status }]);
  });
  it.each([
    ['XRP', 'XRP', 'xRP'],
    ['BTC', 'Bitcoin', 'bitcoin'],
    ['USDT', 'Tron', 'tron'],
  ])('of %s on %s have the source %s', (symbol, blockchain, source) => {
    const { exchange, account, deposits } = setUp();
    exchange.depositArrives(account.apiKey, { symbol, blockchain, quantity: '5' });
    expect(deposits().body).toMatchObject([{ source, symbol }]);
    expect(exchange.balances(account.apiKey)[symbol]).toBeDefined();
  });
  it('cannot arrive where there is no such token or account', () => {
    const { exchange, account } = setUp();
    expect(() =>
      exchange.depositArrives(account.apiKey, { ...hundred, blockchain: 'Bitcoin' }),
    ).toThrow('no USDC on Bitcoin');
    expect(() => exchange.depositArrives(keyPair(9).apiKey, hundred)).toThrow('nobody registered');
  });
});

describe('the history of deposits', () => {
  it('comes in pages without paging headers, newest first, 100 rows unless asked otherwise', () => {
    const { exchange, account, deposits, pass } = setUp();
    const ids = Array.from({ length: 103 }, () => {
      pass(1_000);
      return exchange.depositArrives(account.apiKey, hundred);
    });
    const newest = ids.toReversed();
    expect(idsOf(deposits().body)).toEqual(newest.slice(0, 100));
    expect(idsOf(deposits({ limit: 2, offset: 101 }).body)).toEqual(newest.slice(101));
    expect(Object.keys(deposits().headers)).toEqual(['content-type']);
    const range = { from: START + 2_000, to: START + 4_000 };
    expect(idsOf(deposits(range).body)).toEqual([ids[2], ids[1]]);
    expect(deposits({ from: 2, to: 1 })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_RANGE' },
    });
    expect(deposits({ limit: 1001 }).text).toContain('number out of range');
  });
  it('lags', () => {
    const { exchange, account, deposits, pass } = setUp();
    exchange.setHistoryLag(3_000);
    exchange.depositArrives(account.apiKey, { ...hundred, confirmations: 1 });
    pass(2_999);
    expect(deposits().body).toEqual([]);
    pass(1);
    expect(deposits().body).toMatchObject([{ status: 'pending' }]);
    pass(1_000);
    expect(deposits().body).toMatchObject([{ status: 'confirmed' }]);
  });
  it('can leave out what came from inside the exchange', () => {
    const { exchange, account, deposits, withdraw } = setUp();
    const id = exchange.depositArrives(account.apiKey, hundred);
    withdraw(withdrawal({ address: exchange.depositAddress(account.apiKey, 'Solana') }));
    expect(deposits({ excludePlatform: false }).body).toMatchObject([{ source: 'internal' }, {}]);
    expect(idsOf(deposits({ excludePlatform: true }).body)).toEqual([id]);
  });
});

describe('deposit addresses', () => {
  const { exchange, account, depositAddress } = setUp();

  it.each<Chain>(['Solana', 'Ethereum', 'Base', 'Bitcoin', 'Tron', 'XRP'])('on %s', (chain) => {
    const address = exchange.depositAddress(account.apiKey, chain);
    expect(isWellFormed(chain, address)).toBe(true);
    expect(depositAddress({ blockchain: chain }).body).toEqual({ address });
  });
  it('differ by account and by seed', () => {
    const other = seedAccount(exchange, { keyNumber: 2 });
    const known = exchange.depositAddress(account.apiKey, 'Solana');
    expect(exchange.depositAddress(other.apiKey, 'Solana')).not.toBe(known);
    expect(createPracticeExchange({ seed: 8 }).depositAddress(account.apiKey, 'Solana')).not.toBe(
      known,
    );
  });
  it('are refused for what has none', () => {
    expect(depositAddress({ blockchain: 'EqualsMoney' })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_CLIENT_REQUEST' },
    });
    for (const blockchain of ['solana', 'Starknet'])
      expect(depositAddress({ blockchain })).toMatchObject({
        status: 400,
        text: expect.stringContaining('Expect a valid enumeration value.'),
      });
    expect(() => exchange.depositAddress(account.apiKey, 'Starknet')).toThrow('no addresses');
  });
  it('can be in conflict', () => {
    exchange.setDepositAddressConflicts(['Tron']);
    expect(depositAddress({ blockchain: 'Tron' })).toMatchObject({
      status: 409,
      body: { code: 'PRECONDITION_FAILED' },
    });
    expect(depositAddress({ blockchain: 'Solana' }).status).toBe(200);
    exchange.setDepositAddressConflicts([]);
    expect(depositAddress({ blockchain: 'Tron' }).status).toBe(200);
  });
});
