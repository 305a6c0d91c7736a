import { describe, expect, it } from 'vitest';
import { addressFrom } from '../../exchange/addresses.ts';
import { createPracticeExchange } from '../../exchange/exchange.ts';
import { seedAccount } from '../../exchange/seed-account.ts';
import type { TwoFactorMode } from '../../exchange/two-factor.ts';
import { ELSEWHERE, setUp, withdrawal } from './harness.ts';

/** An exchange in that mode; `attempt` withdraws with a token and says how it went. */
function inMode(mode: TwoFactorMode, options?: { status?: 400 | 403 }) {
  const world = setUp();
  const { exchange, account, withdraw } = world;
  exchange.setTwoFactor(mode, options);
  const code = exchange.twoFactorCode(account.apiKey);
  const email = exchange.twoFactorEmailCode(account.apiKey);
  const wrong = code === '000000' ? '000001' : '000000';
  const attempt = (twoFactorToken?: string, extra = {}) => {
    const token = twoFactorToken === undefined ? {} : { twoFactorToken };
    const { status, body } = withdraw(withdrawal({ ...token, ...extra }));
    return { status, body };
  };
  const made = () => exchange.withdrawals(account.apiKey).length;
  return { ...world, code, email, wrong, attempt, made };
}
const badCode = { status: 400, body: { code: 'INVALID_TWO_FACTOR_CODE' } };

describe('two-factor codes', () => {
  it('come from the seed and the account, six digits each', () => {
    const { exchange, account, code, email } = inMode('code');
    const other = seedAccount(exchange, { keyNumber: 2 });
    expect([code, email]).toEqual([
      expect.stringMatching(/^\d{6}$/),
      expect.stringMatching(/^\d{6}$/),
    ]);
    expect(email).not.toBe(code);
    expect(exchange.twoFactorCode(account.apiKey)).toBe(code);
    expect(exchange.twoFactorCode(other.apiKey)).not.toBe(code);
    expect(createPracticeExchange({ seed: 8 }).twoFactorCode(account.apiKey)).not.toBe(code);
  });
});

describe('two factors', () => {
  it('exempt: no code is needed', () => {
    const { attempt, wrong } = inMode('exempt');
    expect(attempt().status).toBe(200);
    expect(attempt(wrong).status).toBe(200);
  });

  it('code: refused without it, with a wrong one, with one from e-mail or another account', () => {
    const { exchange, attempt, made, code, wrong, email } = inMode('code');
    const other = seedAccount(exchange, { keyNumber: 2 });
    for (const token of [undefined, wrong, email, '', exchange.twoFactorCode(other.apiKey)])
      expect(attempt(token)).toMatchObject(badCode);
    expect(made()).toBe(0);
    expect(attempt(code).status).toBe(200);
    expect(attempt(code).status).toBe(200);
    expect(made()).toBe(2);
  });
  it('code: an issued token is no code', () => {
    const { attempt, issueToken, code } = inMode('code');
    expect(attempt(issueToken({ app: code }).body.signature)).toMatchObject(badCode);
  });
  it('code: may be refused with 403', () => {
    expect(inMode('code', { status: 403 }).attempt()).toMatchObject({ ...badCode, status: 403 });
  });

  it('issued: the digits themselves are refused, a token for them is good for one withdrawal', () => {
    const { attempt, issueToken, made, code } = inMode('issued');
    for (const token of [undefined, code]) expect(attempt(token)).toMatchObject(badCode);
    const { signature } = issueToken({ app: code }).body;
    expect(attempt(signature, { quantity: '1' })).toMatchObject({
      body: { code: 'INVALID_QUANTITY' },
    });
    expect(attempt(signature).status).toBe(200);
    expect(attempt(signature)).toMatchObject(badCode);
    expect(made()).toBe(1);
  });
  it.each([
    ['the app', (app: string, _email: string) => ({ app })],
    ['e-mail', (_app: string, email: string) => ({ email })],
    ['both', (app: string, email: string) => ({ app, email })],
  ])('issued: a code from %s is enough', (_where, given) => {
    const { attempt, issueToken, code, email } = inMode('issued');
    const issued = issueToken(given(code, email));
    expect(issued).toMatchObject({ status: 200, body: { signature: expect.any(String) } });
    expect(attempt(issued.body.signature).status).toBe(200);
  });
  it('issued: nothing is issued for wrong codes, crossed codes or none', () => {
    const { issueToken, code, email, wrong } = inMode('issued');
    for (const given of [
      { app: wrong },
      { email: wrong },
      { app: email },
      { email: code },
      { app: code, email: wrong },
      { app: wrong, email },
    ])
      expect(issueToken(given)).toMatchObject(badCode);
    expect(issueToken({})).toMatchObject({
      status: 400,
      body: { code: 'INVALID_CLIENT_REQUEST' },
    });
    expect(issueToken({ app: 123456 }).text).toContain('Expected input type "string"');
  });
  it('issued: a token dies with time, and is of no use to another account', () => {
    const { exchange, attempt, issueToken, withdraw, code, pass } = inMode('issued');
    const { signature } = issueToken({ app: code }).body;
    const other = seedAccount(exchange, { keyNumber: 2 });
    expect(withdraw(withdrawal({ twoFactorToken: signature }), other)).toMatchObject(badCode);
    pass(300_000);
    expect(attempt(signature)).toMatchObject(badCode);
  });

  it('text: only the text tells', () => {
    const { attempt, code, wrong } = inMode('text');
    expect(attempt()).toEqual({
      status: 403,
      body: {
        code: 'FORBIDDEN',
        message: 'Two factor authentication is required for this address',
      },
    });
    expect(attempt(wrong)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(attempt(code).status).toBe(200);
  });

  it('disabled: refused whatever is sent, and nothing is issued', () => {
    const { attempt, issueToken, made, code } = inMode('disabled');
    const message = expect.stringContaining('disabled through the API');
    const disabled = { status: 403, body: { code: 'FORBIDDEN', message } };
    for (const token of [undefined, code]) expect(attempt(token)).toEqual(disabled);
    expect(issueToken({ app: code })).toMatchObject(disabled);
    expect(made()).toBe(0);
  });

  it.each<TwoFactorMode>(['code', 'issued', 'text', 'disabled'])(
    '%s: does not concern exempt addresses',
    (mode) => {
      const { exchange, account, attempt, made } = inMode(mode);
      const base = { blockchain: 'Base', address: addressFrom('Base', 'elsewhere') };
      exchange.setExemptAddresses(account.apiKey, [ELSEWHERE, base.address.toLowerCase()]);
      expect(attempt().status).toBe(200);
      expect(attempt(undefined, base).status).toBe(200);
      expect(attempt(undefined, { address: addressFrom('Solana', 'other') }).status).not.toBe(200);
      exchange.setExemptAddresses(account.apiKey, []);
      expect(attempt().status).not.toBe(200);
      expect(made()).toBe(2);
    },
  );
  it('is asked for only once the rest is right, and not spent on what is not there', () => {
    const { attempt, issueToken, code } = inMode('issued');
    expect(attempt(undefined, { address: 'nonsense' })).toMatchObject({
      body: { code: 'INVALID_CLIENT_REQUEST' },
    });
    const { signature } = issueToken({ app: code }).body;
    expect(attempt(signature, { quantity: '10000.1' })).toMatchObject({
      body: { code: 'INSUFFICIENT_FUNDS' },
    });
    expect(attempt(signature).status).toBe(200);
  });
});
