import { describe, expect, it } from 'vitest';
import { addressFrom } from '../../exchange/addresses.ts';
import { keyPair } from '../../exchange/keys.ts';
import { seedAccount, signedRequest } from '../../exchange/seed-account.ts';
import { setUp, withdrawal } from './harness.ts';

describe('a withdrawal is refused', () => {
  const { exchange, account, withdraw, maxWithdrawal } = setUp({
    balances: { USDC: { available: '7000' }, SOL: { available: '9' } },
  });
  const evm = addressFrom('Base', 'elsewhere');
  it.each([
    ['an unknown asset', { symbol: 'NOPE' }, 'INVALID_ASSET'],
    ['an asset that is not on the chain', { blockchain: 'Bitcoin' }, 'INVALID_ASSET'],
    ['money between banks', { blockchain: 'EqualsMoney' }, 'INVALID_ASSET'],
    ['a chain switched off', { symbol: 'SOL', blockchain: 'Eclipse' }, 'PRECONDITION_FAILED'],
    ['too little', { quantity: '1.999999' }, 'INVALID_QUANTITY'],
    ['nothing', { quantity: '0' }, 'INVALID_QUANTITY'],
    ['less than nothing', { quantity: '-100' }, 'INVALID_QUANTITY'],
    ['too many decimals', { quantity: '100.0000001' }, 'INVALID_QUANTITY'],
    ['too much', { blockchain: 'Base', address: evm, quantity: '5000.01' }, 'INVALID_QUANTITY'],
    ['more than there is', { quantity: '7000.01' }, 'INSUFFICIENT_FUNDS'],
    ['more than there is, borrowed', { quantity: '7001', autoBorrow: true }, 'BORROW_LIMIT'],
    ['no address', { address: '' }, 'INVALID_CLIENT_REQUEST'],
    ['an address of another chain', { address: evm }, 'INVALID_CLIENT_REQUEST'],
    [
      'an address with a slip in it',
      { blockchain: 'Base', address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD' },
      'INVALID_CLIENT_REQUEST',
    ],
  ])('for %s', (_what, extra, code) => {
    expect(withdraw(withdrawal(extra))).toMatchObject({ status: 400, body: { code } });
    expect(exchange.withdrawals(account.apiKey)).toEqual([]);
  });
  it.each([
    ['a number for the quantity', { quantity: 100 }, 'Expected input type "string(decimal)"'],
    ['a chain in the wrong case', { blockchain: 'solana' }, 'Expect a valid enumeration value.'],
    ['a chain nobody can name', { blockchain: 'Starknet' }, 'Expect a valid enumeration value.'],
    ['a client id in digits', { clientId: 7 }, 'Expected input type "string"'],
    ['a client id too long', { clientId: 'x'.repeat(256) }, 'longer than 255 characters'],
    ['a tag', { memo: '1' }, 'unknown field `memo`'],
  ])('in plain text for %s', (_what, extra, text) => {
    const refused = withdraw(withdrawal(extra));
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining(text)]);
  });
  it('for keys that may only read and for strangers', () => {
    const reader = seedAccount(exchange, { keyNumber: 2, readOnly: true });
    expect(withdraw(withdrawal(), reader)).toMatchObject({ status: 403 });
    const keys = keyPair(99);
    const stranger = {
      ...keys,
      send: (parts: Parameters<typeof signedRequest>[1]) =>
        exchange.handle(signedRequest(keys, parts)),
    };
    expect(withdraw(withdrawal(), stranger)).toMatchObject({ status: 401 });
    expect(maxWithdrawal({ symbol: 'USDC' }, stranger).text).toBe('{}');
  });
  it('and there is no limit for what does not exist, and a plain one for what is not there', () => {
    expect(maxWithdrawal({ symbol: 'NOPE' }).body).toMatchObject({ code: 'INVALID_ASSET' });
    expect(maxWithdrawal({ symbol: 'BTC' }).body).toMatchObject({ maxWithdrawalQuantity: '0' });
    expect(maxWithdrawal({}).text).toContain('expects an input value');
  });
});
