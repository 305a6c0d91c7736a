import { describe, expect, it } from 'vitest';
import { changingRequest } from '../../../../src/background/corridor/request.ts';
import { verdictOf } from '../../../../src/background/corridor/verdict.ts';

const limit = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '90',
  quantity: '1',
  clientId: 7,
};
const orderOf = (status: string): object => ({
  ...limit,
  ...{ id: '4711', createdAt: 1_760_000_000_000, status, postOnly: false, timeInForce: 'GTC' },
  ...{ executedQuantity: '0', executedQuoteQuantity: '0', selfTradePrevention: 'RejectTaker' },
});
const rfqOf = (status: string): object => ({
  ...{ rfqId: '3', clientId: 1, symbol: 'SOL_USDC', side: 'Bid', quantity: '1', status },
  ...{ submissionTime: 1, expiryTime: 2, createdAt: 1, executionMode: 'AwaitAccept' },
});
const cancel = { symbol: 'SOL_USDC', orderId: '4711' };
const verdict = (instruction: string, params: object, status: number, body: unknown) =>
  verdictOf(changingRequest(instruction, params), {
    status,
    headers: new Headers(),
    text: typeof body === 'string' ? body : JSON.stringify(body),
  });
const UNKNOWN = { state: 'unknown' };

describe('an answer proves that it was done', () => {
  it.each<[string, object, unknown, string]>([
    ['orderExecute', limit, orderOf('New'), 'placed'],
    ['orderCancel', cancel, orderOf('Cancelled'), 'done'],
    ['orderCancelAll', { symbol: 'SOL_USDC' }, [orderOf('Cancelled')], 'done'],
    ['rfqCancel', { rfqId: '3' }, rfqOf('Cancelled'), 'done'],
    ['quoteAccept', { rfqId: '3', quoteId: '4' }, rfqOf('Filled'), 'done'],
  ])('%s', (instruction, params, body, outcome) => {
    expect(verdict(instruction, params, 200, body)).toMatchObject({ state: 'answered', outcome });
    // Whatever else it says: another status than success proves nothing.
    expect(verdict(instruction, params, 500, body)).toEqual(UNKNOWN);
    expect(verdict(instruction, params, 304, body)).toEqual(UNKNOWN);
  });
});

describe('an answer proves nothing', () => {
  it.each<[string, string, object, unknown]>([
    ['a cancel of what still rests', 'orderCancel', cancel, orderOf('New')],
    ['a cancel of what is filled in part', 'orderCancel', cancel, orderOf('PartiallyFilled')],
    ['a cancel of an open request', 'rfqCancel', { rfqId: '3' }, rfqOf('New')],
    ['an acceptance not traded', 'quoteAccept', { rfqId: '3', quoteId: '4' }, rfqOf('New')],
    ['orders of another market', 'orderCancelAll', { symbol: 'BTC_USDC' }, [orderOf('Cancelled')]],
    ['words where there should be none', 'accountUpdate', { autoLend: true }, 'ok'],
    ['a web page', 'convertDust', {}, '<html>'],
  ])('%s', (_name, instruction, params, body) => {
    expect(verdict(instruction, params, 200, body)).toEqual(UNKNOWN);
  });

  it('that was taken, and may come later, whatever it is answered with', () => {
    const pending = { state: 'answered', outcome: 'pending', taken: true };
    expect(verdict('orderCancel', cancel, 202, orderOf('Cancelled'))).toEqual(pending);
    expect(verdict('orderCancel', cancel, 202, '')).toEqual(pending);
    expect(verdict('orderExecute', limit, 202, orderOf('New'))).toEqual(pending);
    expect(verdict('orderExecute', limit, 202, '')).toEqual({ ...UNKNOWN, taken: true });
    expect(verdict('orderExecute', limit, 202, '<html>')).toEqual({ ...UNKNOWN, taken: true });
  });
});

describe('an answer proves that nothing was done', () => {
  it.each([400, 401, 403, 404, 409, 422, 429])('%i', (status) => {
    const refused = { code: 'INVALID_ORDER', message: 'no' };
    expect(verdict('orderExecute', limit, status, refused)).toMatchObject({
      state: 'refused',
      outcome: 'refused',
    });
    const timeout = { code: 'TIMEOUT', message: 'no' };
    expect(verdict('orderExecute', limit, status, timeout)).toEqual(UNKNOWN);
  });

  it.each([408, 500, 502, 503, 504, 520])('but never %i', (status) => {
    const refused = { code: 'INVALID_ORDER', message: 'no' };
    expect(verdict('orderExecute', limit, status, refused)).toEqual(UNKNOWN);
  });
});
