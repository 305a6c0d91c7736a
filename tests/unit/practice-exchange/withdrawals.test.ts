import { describe, expect, it } from 'vitest';
import { addressFrom } from '../../exchange/addresses.ts';
import { seedAccount } from '../../exchange/seed-account.ts';
import { heldAt } from '../../exchange/transfer.ts';
import { ELSEWHERE, START, setUp, withdrawal } from './harness.ts';

const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id);
const naive = (ms: number): string => new Date(ms).toISOString().slice(0, -1);

describe('a withdrawal', () => {
  it('takes the quantity out of the balance at once, the fee out of the quantity', () => {
    const { exchange, account, withdraw, balances, maxWithdrawal } = setUp();
    const made = withdraw(withdrawal({ clientId: 'rent' }));
    expect(made.status).toBe(200);
    expect(made.body).toEqual({
      accountIdentifier: null,
      bankIdentifier: null,
      bankName: null,
      blockchain: 'Solana',
      clientId: 'rent',
      createdAt: naive(START),
      fee: '1',
      fiatFee: null,
      fiatState: null,
      fiatSymbol: null,
      id: expect.any(Number),
      identifier: null,
      isInternal: false,
      providerId: null,
      quantity: '100',
      status: 'pending',
      subaccountId: null,
      symbol: 'USDC',
      toAddress: ELSEWHERE,
      transactionHash: null,
      triggerAt: null,
    });
    expect(exchange.withdrawals(account.apiKey)).toMatchObject([
      { id: made.body.id, debited: '100', received: '99', fee: '1', address: ELSEWHERE },
    ]);
    expect(balances().body.USDC.available).toBe('9900');
    expect(exchange.houseFees()).toEqual({ USDC: '1' });
    expect(maxWithdrawal({ symbol: 'USDC', autoBorrow: false }).body).toEqual({
      autoBorrow: false,
      autoLendRedeem: null,
      maxWithdrawalQuantity: '9900',
      symbol: 'USDC',
    });
  });
  it('can cost its fee on top, and then all of the balance is too much', () => {
    const { exchange, account, withdraw, balances } = setUp();
    exchange.setWithdrawalFee('on-top');
    expect(withdraw(withdrawal({ quantity: '10000' })).body).toMatchObject({
      code: 'INSUFFICIENT_FUNDS',
    });
    expect(withdraw(withdrawal()).status).toBe(200);
    expect(balances().body.USDC.available).toBe('9899');
    expect(exchange.withdrawals(account.apiKey)).toMatchObject([
      { debited: '101', received: '100' },
    ]);
  });
  it('moves on with time, in the answers after the history lag', () => {
    const { exchange, account, withdraw, withdrawals, pass } = setUp();
    exchange.setHistoryLag(1_000);
    withdraw(withdrawal());
    expect(withdrawals().body).toEqual([]);
    pass(1_000);
    expect(withdrawals().body).toMatchObject([{ status: 'pending', transactionHash: null }]);
    pass(2_000);
    expect(withdrawals().body).toMatchObject([
      {
        status: 'pending',
        transactionHash: expect.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{80,90}$/),
      },
    ]);
    pass(2_000);
    expect(exchange.withdrawals(account.apiKey)).toMatchObject([{ status: 'confirmed' }]);
    expect(withdrawals().body).toMatchObject([{ status: 'pending' }]);
    pass(1_000);
    expect(withdrawals().body).toMatchObject([{ status: 'confirmed' }]);
  });
  it.each([
    'recipientInformationRequired',
    'ownershipVerificationRequired',
    'verifying',
    'somethingNew',
  ])('can be held at %s and let go', (status) => {
    const { exchange, withdraw, withdrawals, pass } = setUp();
    exchange.setWithdrawalSchedule(heldAt(status));
    const { id } = withdraw(withdrawal()).body;
    pass(86_400_000);
    expect(withdrawals().body).toMatchObject([{ id, status }]);
    exchange.setWithdrawalSchedule(
      [
        { afterMs: 0, status: 'pending' },
        { afterMs: 500, status: 'confirmed', hashIn: 'identifier' },
      ],
      id,
    );
    expect(withdrawals().body).toMatchObject([{ status: 'pending', identifier: null }]);
    pass(500);
    expect(withdrawals().body).toMatchObject([
      { status: 'confirmed', transactionHash: null, identifier: expect.any(String) },
    ]);
  });
  it('refuses a schedule without a beginning, or for no withdrawal', () => {
    const { exchange } = setUp();
    expect(() => exchange.setWithdrawalSchedule([])).toThrow('first step');
    expect(() => exchange.setWithdrawalSchedule(heldAt('pending'), 5)).toThrow('no withdrawal 5');
  });
  it('waits out a delay, unless its address is exempt', () => {
    const { exchange, account, withdraw, withdrawals, pass } = setUp();
    exchange.setWithdrawalDelay(24);
    expect(withdraw(withdrawal()).body).toMatchObject({ triggerAt: naive(START + 86_400_000) });
    exchange.setExemptAddresses(account.apiKey, [ELSEWHERE]);
    expect(withdraw(withdrawal()).body).toMatchObject({ triggerAt: null });
    pass(5_000);
    expect(withdrawals().body.map(({ status }) => status)).toEqual(['confirmed', 'pending']);
    pass(86_400_000);
    expect(withdrawals().body.map(({ status }) => status)).toEqual(['confirmed', 'confirmed']);
  });
  it('to another account stays inside: no fee, no transaction, there at once', () => {
    const { exchange, account, withdraw } = setUp();
    const other = seedAccount(exchange, { keyNumber: 2, balances: {} });
    const address = exchange.depositAddress(other.apiKey, 'Ethereum').toLowerCase();
    expect(withdraw(withdrawal({ address, blockchain: 'Ethereum' })).body).toMatchObject({
      isInternal: true,
      fee: '0',
      status: 'confirmed',
      transactionHash: null,
    });
    expect(exchange.balances(other.apiKey).USDC?.available).toBe('100');
    expect(exchange.deposits(other.apiKey)).toMatchObject([{ source: 'internal' }]);
    expect(exchange.balances(account.apiKey).USDC?.available).toBe('9900');
  });
  it('may have the 24 decimals of its chain', () => {
    const { exchange, account, withdraw } = setUp({ balances: { NEAR: { available: '1' } } });
    const address = addressFrom('Near', 'elsewhere');
    const quantity = `0.${'3'.repeat(24)}`;
    const near = { symbol: 'NEAR', blockchain: 'Near', address, quantity };
    expect(withdraw(withdrawal(near)).body).toMatchObject({ quantity });
    expect(exchange.balances(account.apiKey).NEAR?.available).toBe(`0.${'6'.repeat(23)}7`);
  });
  it('happens though its answer is lost', () => {
    const { exchange, account, withdrawals, now } = setUp();
    exchange.faults.add({ kind: 'drop-after', path: '/wapi/v1/capital/withdrawals' });
    const path = '/wapi/v1/capital/withdrawals';
    const parts = { method: 'POST', path, instruction: 'withdraw', params: withdrawal() };
    expect(account.send({ ...parts, timestamp: now() }).kind).toBe('dropped');
    expect(withdrawals().body).toHaveLength(1);
  });
  it('happens again when its clientId is used again', () => {
    const { exchange, account, withdraw, withdrawals } = setUp();
    const first = withdraw(withdrawal({ clientId: 'rent' })).body.id;
    const second = withdraw(withdrawal({ clientId: 'rent' })).body.id;
    withdraw(withdrawal());
    expect(idsOf(withdrawals({ clientId: 'rent' }).body)).toEqual([second, first]);
    expect(idsOf(withdrawals({ id: first }).body)).toEqual([first]);
    expect(withdrawals({ id: first, clientId: 'food' }).body).toEqual([]);
    expect(exchange.withdrawals(account.apiKey)).toHaveLength(3);
  });
});

describe('the history of withdrawals', () => {
  it('comes in pages without paging headers, newest first', () => {
    const { withdraw, withdrawals, pass } = setUp();
    const ids = Array.from({ length: 4 }, () => {
      pass(1_000);
      return withdraw(withdrawal()).body.id;
    });
    expect(idsOf(withdrawals({ limit: 2, offset: 1 }).body)).toEqual([ids[2], ids[1]]);
    expect(idsOf(withdrawals({ from: START + 2_000, to: START + 4_000 }).body)).toEqual([
      ids[2],
      ids[1],
    ]);
    expect(Object.keys(withdrawals().headers)).toEqual(['content-type']);
    expect(withdrawals({ from: 2, to: 1 }).status).toBe(400);
    expect(withdrawals({ id: 2 ** 31 }).text).toContain('number out of range');
  });
});
