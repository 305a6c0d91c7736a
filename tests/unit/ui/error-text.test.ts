import { beforeAll, describe, expect, it } from 'vitest';
import {
  type ErrorCode,
  type ErrorData,
  type InvalidReason,
  invalid,
  toWireError,
  type WireError,
} from '../../../src/core/errors.ts';
import { errorText, fieldError, formError } from '../../../src/ui/error-text.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { getMessage, messages } from './texts.ts';

beforeAll(() => provideTexts(getMessage));

const SAMPLES: { [C in ErrorCode]: ErrorData[C] } = {
  LOCKED: undefined,
  EMPTY: undefined,
  WRONG_PASSWORD: undefined,
  VAULT_DAMAGED: undefined,
  USER_REJECTED: undefined,
  UNAUTHORIZED: undefined,
  UNSUPPORTED: { method: 'x' },
  INVALID_INPUT: { path: 'price', reason: 'tick', limit: '0.01' },
  UNREGISTERED_KEY: undefined,
  NETWORK: { kind: 'offline' },
  EXCHANGE: { status: 400, code: 'INVALID_PRICE', message: 'Price is too far' },
  BAD_ANSWER: { status: 502, kind: 'html' },
  CLOCK_SKEW: { offsetMs: -61_400 },
  NOT_REPLACED: { reason: 'executed' },
  STORAGE: undefined,
  INTERNAL: undefined,
};
const samples = Object.entries(SAMPLES).map(([code, data]) => ({ code, data }) as WireError);

const REASONS: Record<InvalidReason, true> = {
  required: true,
  'unknown-key': true,
  'wrong-type': true,
  character: true,
  'too-long': true,
  conflict: true,
  'number-format': true,
  'number-exponent': true,
  'number-comma': true,
  'number-sign': true,
  'number-whole': true,
  'not-above': true,
  'not-below': true,
  decimals: true,
  tick: true,
  step: true,
  minimum: true,
  maximum: true,
  'market-closed': true,
  'market-unknown': true,
  'asset-unknown': true,
  'chain-unknown': true,
  'withdraw-disabled': true,
  'address-format': true,
  'address-checksum': true,
  'address-length': true,
  'address-wrong-chain': true,
  'address-tag': true,
  'address-spaces': true,
  'address-testnet': true,
  'address-known': true,
  'secret-alphabet': true,
  'secret-length': true,
  'secret-halves': true,
  'api-key-format': true,
  'api-key-mismatch': true,
  'account-exists': true,
  'password-short': true,
  'password-mismatch': true,
  'backup-format': true,
  'backup-version': true,
  'backup-damaged': true,
  'digest-mismatch': true,
  'page-silent': true,
  'client-id-open': true,
};

/** The exchange's error codes, as its documentation lists them. */
const EXCHANGE_CODES =
  `ACCOUNT_DEACTIVATED ACCOUNT_LIQUIDATING BORROW_LIMIT BORROW_REQUIRES_LEND_REDEEM FORBIDDEN
INSUFFICIENT_FUNDS INSUFFICIENT_MARGIN INSUFFICIENT_SUPPLY INVALID_ASSET INVALID_CLIENT_REQUEST INVALID_MARKET
INVALID_ORDER INVALID_PRICE INVALID_POSITION_ID INVALID_QUANTITY INVALID_RANGE INVALID_SIGNATURE INVALID_SOURCE
INVALID_SYMBOL INVALID_TWO_FACTOR_CODE LEND_LIMIT LEND_REQUIRES_BORROW_REPAY MAINTENANCE MAX_LEVERAGE_REACHED
NOT_IMPLEMENTED ORDER_LIMIT POSITION_LIMIT PRECONDITION_FAILED RESOURCE_NOT_FOUND SERVER_ERROR TIMEOUT TOO_EARLY
TOO_MANY_REQUESTS TRADING_PAUSED UNAUTHORIZED`.split(/\s+/);

const refusal = (code: string, message: string, status = 400): WireError => ({
  code: 'EXCHANGE',
  data: { status, code, message },
});
const isSentence = /^\p{Lu}.*[.”]$/su;

describe('error texts', () => {
  it.each(samples)('$code has a sentence', (error) => {
    expect(errorText(error)).toMatch(isSentence);
  });

  it('have a sentence of its own for each reason an input is refused', () => {
    const sentences = Object.keys(REASONS).map((reason) =>
      errorText(toWireError(invalid('price', reason as InvalidReason, '8'))),
    );
    expect(sentences.filter((sentence) => !isSentence.test(sentence))).toEqual([]);
    expect(new Set(sentences).size).toBe(sentences.length);
  });

  it.each(EXCHANGE_CODES)('say what to do about %s, in a sentence of its own', (code) => {
    const others = EXCHANGE_CODES.filter((other) => other !== code);
    const own = errorText(refusal(code, ''));
    expect(own).toMatch(isSentence);
    expect(own).not.toBe(errorText(refusal('SOMETHING_NEW', '')));
    expect(others.map((other) => errorText(refusal(other, '')))).not.toContain(own);
    expect(own).toContain(code);
  });

  it('pass on the exchange’s own words, and its code where it has none', () => {
    expect(errorText(refusal('INVALID_PRICE', 'Price is too far'))).toContain('“Price is too far”');
    expect(errorText(refusal('INVALID_PRICE', ''))).toContain('“INVALID_PRICE”');
  });

  it('call an unknown code a refusal, and a fault when the status says so', () => {
    expect(errorText(refusal('NEW', 'x', 418))).toBe(
      `${messages.get('exchangeRefused')} The exchange says: “x”`,
    );
    expect(errorText(refusal('NEW', 'x', 503))).toContain(messages.get('exchangeServerError'));
  });

  it.each([
    ['Order not found', 'exchangeOrderNotFound'],
    ['Invalid signature', 'exchangeInvalidSignature'],
    ['Invalid X-Signature header', 'exchangeInvalidSignature'],
    ['Request has expired', 'exchangeExpired'],
    ['Invalid market symbol', 'exchangeInvalidSymbol'],
    ['Symbol not found', 'exchangeInvalidSymbol'],
    ['Price decimal too long', 'exchangeDecimals'],
    ['Quantity decimal too long', 'exchangeDecimals'],
    ['Price is too far from the last active price', 'exchangeInvalidPrice'],
    ['Must specify both triggerPrice and triggerQuantity or neither', 'exchangeTriggerPair'],
    ['Invalid address', 'exchangeInvalidAddress'],
    ['Something else', 'exchangeInvalidClientRequest'],
  ])('go by the words where the code is the same for all: %s', (words, key) => {
    const text = errorText(refusal('INVALID_CLIENT_REQUEST', words));
    expect(text).toBe(`${messages.get(key)} The exchange says: “${words}”`);
    expect(text).toMatch(isSentence);
  });

  it('go by the code where it says more than the words', () => {
    expect(errorText(refusal('INVALID_QUANTITY', 'Quantity decimal too long'))).toContain(
      messages.get('exchangeInvalidQuantity'),
    );
    expect(errorText(refusal('RESOURCE_NOT_FOUND', 'Not Found', 404))).toContain(
      messages.get('exchangeResourceNotFound'),
    );
  });

  it.each([
    [400, 'failed to parse parameter `limit`: Expect a valid value.', 'exchangeUnparsable'],
    [400, 'parse request payload error: unexpected body', 'exchangeUnparsable'],
    [400, 'bad', 'exchangeInvalidClientRequest'],
    [401, 'who are you', 'exchangeUnauthorized'],
    [403, 'no', 'exchangeForbidden'],
    [404, 'not found', 'exchangeNoSuchPath'],
    [409, 'conflict', 'exchangePreconditionFailed'],
    [418, 'teapot', 'exchangeRefused'],
    [429, 'slow down', 'exchangeTooManyRequests'],
    [500, 'oops', 'exchangeServerError'],
    [502, 'upstream connect error', 'exchangeServerError'],
    [503, 'upstream connect error', 'exchangeMaintenance'],
  ])('say the status where the answer is plain text: %i %s', (status, words, key) => {
    const text = errorText(refusal('', words, status));
    expect(text).toBe(`${messages.get(key)} The exchange says: “${words}” (status ${status}).`);
    const empty = errorText(refusal('', '', status));
    expect(empty).toMatch(new RegExp(`The exchange answered with status ${status}\\.$`));
  });

  it.each(['html', 'json', 'shape', 'empty'] as const)(
    'are one sentence with the raw status for an answer that is no answer: %s',
    (kind) => {
      const text = errorText({ code: 'BAD_ANSWER', data: { status: 200, kind } });
      expect(text).toMatch(/cannot read \(status 200\)/);
    },
  );

  it('name the bound that was missed, in groups of three digits', () => {
    const error = toWireError(invalid('quantity', 'maximum', '1250000.5'));
    expect(errorText(error)).toBe('Too large. The most is 1,250,000.5.');
  });

  it('say by how many seconds the clocks differ', () => {
    const text = errorText({ code: 'CLOCK_SKEW', data: { offsetMs: -61_400 } });
    expect(text).toContain('differ by 61 s');
  });

  it('never claim that nothing was sent when that is not known', () => {
    for (const code of ['INTERNAL', 'NETWORK', 'BAD_ANSWER', 'STORAGE', 'LOCKED'] as const) {
      const sample = samples.find((error) => error.code === code);
      expect(sample && errorText(sample)).not.toMatch(/nothing was sent/i);
    }
  });
});

describe('placing an error', () => {
  const tick = toWireError(invalid('price', 'tick', '0.01'));

  it('puts it beside the field it names, and nowhere else', () => {
    expect(fieldError(tick, 'price')).toBe('The price must be a multiple of 0.01.');
    expect(fieldError(tick, 'quantity')).toBeUndefined();
    expect(formError(tick, ['price', 'quantity'])).toBeUndefined();
  });

  it('puts it above the form when no field of the form is named', () => {
    expect(formError(tick, ['quantity'])).toBe('The price must be a multiple of 0.01.');
    expect(formError({ code: 'STORAGE', data: undefined }, ['price'])).toBe(
      messages.get('errorStorage'),
    );
    expect(formError(undefined, ['price'])).toBeUndefined();
  });
});
