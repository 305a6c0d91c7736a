import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactly } from '../../../src/exchange/json.ts';

describe('JSON with numbers that a float cannot hold', () => {
  it.each([
    ['{"id":9007199254740993}', { id: '9007199254740993' }],
    ['[12345678901234567890,-9007199254740993]', ['12345678901234567890', '-9007199254740993']],
    ['{"q":0.123456789012345678}', { q: '0.123456789012345678' }],
    ['{"q":1234567890123456.5e2}', { q: '1234567890123456.5e2' }],
  ])('keeps every digit of %s', (text, value) => expect(parseExactly(text)).toEqual(value));

  it.each([
    ['{"id":9007199254740991,"at":1785948116439400}'],
    ['{"q":"1234567890123456789","r":"a \\" :12345678901234567890 \\\\"}'],
    ['[0.1234567890123456,1e21,-0,1760000000000]'],
  ])('leaves %s as it is', (text) => expect(parseExactly(text)).toEqual(JSON.parse(text)));

  it('refuses what is not JSON, whatever numbers are in it', () => {
    for (const text of [
      '{"id":12345678901234567890',
      '"1 12345678901234567890',
      '[01234567890123456789]',
    ]) {
      expect(() => parseExactly(text)).toThrow(SyntaxError);
    }
  });

  it('changes nothing in any JSON without such numbers', () => {
    fc.assert(
      fc.property(fc.json(), fc.stringMatching(/^\d{16,20}$/), (text, digits) => {
        const whole = `{"a":${text},"b":${JSON.stringify(`${text}:${digits}`)}}`;
        const found = parseExactly(whole) as { b: string };
        expect(found.b).toBe(`${text}:${digits}`);
      }),
    );
  });
});
