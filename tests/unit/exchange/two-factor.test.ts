import { describe, expect, it } from 'vitest';
import type { WireError } from '../../../src/core/errors.ts';
import { twoFactorOf } from '../../../src/exchange/two-factor.ts';

const CODE = 'INVALID_TWO_FACTOR_CODE';
const refusal = (code: string, message: string, status = 400): WireError => ({
  code: 'EXCHANGE',
  data: { status, code, message },
});

describe('a refusal for want of a second factor', () => {
  it.each([
    [CODE, '', 400, 'needed'],
    [CODE, 'Two factor code is required', 403, 'needed'],
    [CODE, 'Invalid two factor code', 400, 'wrong'],
    [CODE, 'Invalid email code', 403, 'wrong'],
    ['FORBIDDEN', 'Two factor authentication is required for this address', 403, 'needed'],
    ['FORBIDDEN', 'Two-factor authentication failed', 403, 'wrong'],
    ['FORBIDDEN', '2FA code expired', 401, 'wrong'],
    ['', 'Please enter your 2fa', 400, 'needed'],
    ['FORBIDDEN', 'Two factor tokens are currently disabled through the API', 403, 'disabled'],
    [CODE, 'Two-factor tokens are not supported', 400, 'disabled'],
  ])('is told by %s “%s” with %d: %s', (code, message, status, kind) =>
    expect(twoFactorOf(refusal(code, message, status))).toBe(kind),
  );

  it.each([
    ['another reason', refusal('INSUFFICIENT_FUNDS', 'Insufficient funds')],
    ['withdrawals switched off', refusal('PRECONDITION_FAILED', 'Withdrawals are disabled')],
    ['a fault that names it', refusal('SERVER_ERROR', 'two factor service failed', 500)],
    ['a timeout', refusal('TIMEOUT', 'two factor timeout', 408)],
    ['too many requests', refusal(CODE, 'Too many two factor attempts', 429)],
    ['a broken connection', { code: 'NETWORK', data: { kind: 'connection' } } as WireError],
    ['no JSON', { code: 'BAD_ANSWER', data: { status: 403, kind: 'html' } } as WireError],
  ])('is not %s', (_name, error) => expect(twoFactorOf(error)).toBeUndefined());
});
