import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58, bech32, bech32m, createBase58check, hex } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAddress } from '../../../src/policy/addresses.ts';
import vectors from '../../vectors/addresses.json' with { type: 'json' };

/** The last three are letters that turn into others when capitals do. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\u212a\u017f\u0130';
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const hash = bytes(20);
const withCharacter = (text: string, at: number, character: string): string =>
  text.slice(0, at) + character + text.slice(at + 1);
const reasonOf = (blockchain: string, address: string) => {
  const found = checkAddress(blockchain, address);
  return found.ok ? found.kind : found.reason;
};

const checksummed = vectors.filter((one) => 'kind' in one && one.kind === 'checksummed');
const isEvm = ({ address }: { address: string }) => address.startsWith('0x');

describe('one wrong character', () => {
  it('is noticed anywhere in an address with a checksum', () => {
    const addresses = checksummed.filter((one) => !isEvm(one));
    expect(addresses.length).toBeGreaterThan(40);
    fc.assert(
      fc.property(
        fc.constantFrom(...addresses),
        fc.nat(),
        fc.constantFrom(...ALPHABET),
        ({ blockchain, address }, place, character) => {
          const wrong = withCharacter(address, place % address.length, character);
          fc.pre(wrong !== address);
          expect(checkAddress(blockchain, wrong).ok).toBe(false);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  // EIP-55 lets a wrong digit pass about once in 2^15, so these are fixed addresses and not drawn ones.
  it('is noticed anywhere in the addresses of EIP-55', () => {
    const addresses = checksummed.filter((one) => isEvm(one) && one.blockchain === 'Ethereum');
    expect(addresses.length).toBe(4);
    const accepted = addresses.flatMap(({ blockchain, address }) =>
      [...address].flatMap((_, at) =>
        [...'0123456789abcdefABCDEFgx']
          .map((character) => withCharacter(address, at, character))
          .filter((wrong) => wrong !== address && checkAddress(blockchain, wrong).ok),
      ),
    );
    expect(accepted).toEqual([]);
  });
});

const encode = createBase58check(sha256).encode;
const versioned = (...version: number[]) => {
  return (body: Uint8Array) => encode(Uint8Array.from([...version, ...body]));
};
const segwit = (prefix: string) => (body: Uint8Array) =>
  bech32.encode(prefix, [0, ...bech32.toWords(body)]);
const taproot = (prefix: string) => (body: Uint8Array) =>
  bech32m.encode(prefix, [1, ...bech32m.toWords(Uint8Array.from([...body, ...body.slice(8)]))]);

describe('an address made by another encoder', () => {
  it.each([
    ['Bitcoin', 'key', versioned(0x00), versioned(0x6f)],
    ['Bitcoin', 'script', versioned(0x05), versioned(0xc4)],
    ['Bitcoin', 'segwit', segwit('bc'), segwit('tb')],
    ['Bitcoin', 'taproot', taproot('bc'), taproot('bcrt')],
    ['BitcoinCash', 'legacy', versioned(0x00), versioned(0x6f)],
    ['Litecoin', 'key', versioned(0x30), versioned(0x6f)],
    ['Litecoin', 'script', versioned(0x32), versioned(0x3a)],
    ['Litecoin', 'segwit', segwit('ltc'), segwit('tltc')],
    ['Litecoin', 'taproot', taproot('ltc'), taproot('rltc')],
    ['Dogecoin', 'key', versioned(0x1e), versioned(0x71)],
    ['Dogecoin', 'script', versioned(0x16), versioned(0xc4)],
    ['Zcash', 'key', versioned(0x1c, 0xb8), versioned(0x1d, 0x25)],
    ['Zcash', 'script', versioned(0x1c, 0xbd), versioned(0x1c, 0xba)],
    ['Tron', 'account', versioned(0x41), versioned(0xa0)],
  ])('%s, %s: accepted, and refused on the test network', (blockchain, _, main, test) => {
    fc.assert(
      fc.property(hash, (body) => {
        expect(reasonOf(blockchain, main(body))).toBe('checksummed');
        expect(reasonOf(blockchain, test(body))).toBe('testnet');
        expect(reasonOf('Solana', main(body))).toBe('wrong-chain');
      }),
      { numRuns: 30 },
    );
  });

  it('EVM: EIP-55, one case, and capitals exchanged', () => {
    fc.assert(
      fc.property(hash, (body) => {
        const small = hex.encode(body);
        const bits = keccak_256(new TextEncoder().encode(small));
        const digits = [...small].map((digit, at) =>
          ((bits[at >> 1] ?? 0) << (at % 2 ? 4 : 0)) & 0x80 ? digit.toUpperCase() : digit,
        );
        const mixed = digits.join('');
        fc.pre(mixed !== small && mixed !== small.toUpperCase());
        expect(reasonOf('Base', `0x${mixed}`)).toBe('checksummed');
        expect(reasonOf('Base', `0x${small}`)).toBe('unchecked');
        expect(reasonOf('Base', `0x${small.toUpperCase()}`)).toBe('unchecked');
        const exchanged = digits.map((digit) =>
          digit === digit.toLowerCase() ? digit.toUpperCase() : digit.toLowerCase(),
        );
        expect(reasonOf('Base', `0x${exchanged.join('')}`)).toBe('checksum');
      }),
      { numRuns: 100 },
    );
  });

  it('Solana: 32 bytes and no other number', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 26, maxLength: 40 }), (body) => {
        fc.pre(body.some((byte) => byte !== 0));
        const expected = body.length === 32 ? 'unchecked' : 'length';
        expect(reasonOf('Solana', base58.encode(body))).toBe(expected);
      }),
    );
  });
});
