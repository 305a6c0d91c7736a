import { crc32 } from 'node:zlib';
import { base58, bech32, hex } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAddress } from '../../../src/policy/addresses.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const reasonOf = (address: string) => {
  const found = checkAddress('Cardano', address);
  return found.ok ? found.kind : found.reason;
};

const hexByte = (value: number): string => value.toString(16).padStart(2, '0');
const crcOf = (payload: string): string => crc32(hex.decode(payload)).toString(16).padStart(8, '0');
/** A Byron address in CBOR: a pair of the tagged payload and its CRC. */
const byron = (payload: string, crc: string): string =>
  base58.encode(hex.decode(`82d81858${hexByte(payload.length / 2)}${payload}1a${crc}`));
const rootOf = (length: number): string => `58${hexByte(length)}${'77'.repeat(length)}`;

describe('a Cardano address made by another encoder', () => {
  it('Shelley: every payment type of either network', () => {
    const type = fc.constantFrom(0, 1, 2, 3, 6, 7);
    fc.assert(
      fc.property(type, bytes(56), (kind, hashes) => {
        const body = kind < 6 ? hashes : hashes.subarray(28);
        const address = (prefix: string, network: number) =>
          bech32.encode(
            prefix,
            bech32.toWords(Uint8Array.from([kind * 16 + network, ...body])),
            false,
          );
        expect(reasonOf(address('addr', 1))).toBe('checksummed');
        expect(reasonOf(address('addr', 0))).toBe('testnet');
        expect(reasonOf(address('addr_test', 0))).toBe('testnet');
      }),
      { numRuns: 50 },
    );
  });

  it('Byron: with its CRC and no other', () => {
    fc.assert(
      fc.property(bytes(28), bytes(4), (root, other) => {
        const payload = `83581c${hex.encode(root)}a000`;
        const crc = crcOf(payload);
        fc.pre(hex.encode(other) !== crc);
        expect(reasonOf(byron(payload, crc))).toBe('checksummed');
        expect(reasonOf(byron(payload, hex.encode(other)))).toBe('checksum');
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['as usual', `83${rootOf(28)}a000`, 'checksummed'],
    ['a derivation path', `83${rootOf(28)}a10142414200`, 'checksummed'],
    ['a test network', `83${rootOf(28)}a102451a4170cb1700`, 'testnet'],
    ['a hash too short', `83${rootOf(27)}a000`, 'length'],
    ['two parts', `82${rootOf(28)}a0`, 'format'],
    ['four parts', `84${rootOf(28)}a00000`, 'format'],
    ['a list of attributes', `83${rootOf(28)}8000`, 'format'],
    ['text for its kind', `83${rootOf(28)}a060`, 'format'],
    ['bytes naming an attribute', `83${rootOf(28)}a1410141aa00`, 'format'],
    ['something after its end', `83${rootOf(28)}a00000`, 'format'],
    ['an end too early', '83581c7777', 'format'],
  ])('Byron, inside the CRC: %s', (_, payload, reason) => {
    expect(reasonOf(byron(payload, crcOf(payload)))).toBe(reason);
  });

  it.each([
    ['as usual', (payload: string, crc: string) => `82d8185821${payload}1a${crc}`, 'checksummed'],
    ['three parts', (payload: string, crc: string) => `83d8185821${payload}1a${crc}00`, 'format'],
    ['another tag', (payload: string, crc: string) => `82d8195821${payload}1a${crc}`, 'format'],
    ['a byte more', (payload: string, crc: string) => `82d8185821${payload}1a${crc}00`, 'format'],
    [
      'a byte less',
      (payload: string, crc: string) => `82d8185821${payload}1a${crc.slice(2)}`,
      'format',
    ],
    ['no CRC', (payload: string) => `82d8185821${payload}40`, 'format'],
    ['bytes beyond its end', (payload: string) => `82d81858ff${payload}`, 'format'],
  ])('Byron, outside: %s', (_, encoded, reason) => {
    const payload = `83${rootOf(28)}a000`;
    expect(reasonOf(base58.encode(hex.decode(encoded(payload, crcOf(payload)))))).toBe(reason);
  });
});
