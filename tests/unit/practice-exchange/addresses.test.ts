import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58, bech32, bech32m } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { addressFrom, type Chain, chains, eip55, isWellFormed } from '../../exchange/addresses.ts';
import { assets } from '../../exchange/assets.ts';
import { fromBase58, toBase58 } from '../../exchange/base58.ts';
import { BECH32, BECH32M, fromBech32, toBech32, toWords } from '../../exchange/bech32.ts';
import { keccak256 } from '../../exchange/keccak.ts';

const bytes = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256);
const isKnown = (name: string): name is Chain => chains.some((chain) => chain === name);

describe('codecs agree with independent ones', () => {
  it.each([0, 1, 40, 135, 136, 137, 300])('Keccak-256 of %i bytes', (length) => {
    expect(new Uint8Array(keccak256(bytes(length)))).toEqual(keccak_256(bytes(length)));
  });
  it.each([new Uint8Array(), Uint8Array.of(0), Uint8Array.of(0, 0, 7), bytes(25), bytes(32)])(
    'base58 of %o',
    (value) => {
      expect(toBase58(value)).toBe(base58.encode(value));
      expect(fromBase58(toBase58(value))).toEqual(Buffer.from(value));
    },
  );
  it('bech32 and bech32m', () => {
    const words = [0, ...toWords(bytes(20))];
    expect(toBech32('bc', words, BECH32)).toBe(bech32.encode('bc', words));
    expect(toBech32('bc', words, BECH32M)).toBe(bech32m.encode('bc', words));
    expect(fromBech32(bech32m.encode('bc', words))).toEqual({
      prefix: 'bc',
      words,
      constant: BECH32M,
    });
    expect(fromBech32(`${bech32.encode('bc', words).slice(0, -1)}q`)).toBeUndefined();
  });
});

describe('addresses', () => {
  it.each(chains)('of %s are well formed, and not with a character changed', (chain) => {
    const address = addressFrom(chain, 'somebody');
    expect(isWellFormed(chain, address)).toBe(true);
    expect(addressFrom(chain, 'somebody')).toBe(address);
    expect(addressFrom(chain, 'somebody else')).not.toBe(address);
    expect(isWellFormed(chain, `${address.slice(0, -1)}!`)).toBe(false);
    expect(isWellFormed(chain, '')).toBe(false);
  });
  it('are shared by chains of one kind, and by those alone', () => {
    expect(addressFrom('Base', 'x')).toBe(addressFrom('Ethereum', 'x'));
    expect(addressFrom('Solana', 'x')).not.toBe(addressFrom('Ethereum', 'x'));
  });
  it.each([
    ['Ethereum', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', true],
    ['Ethereum', '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed', true],
    ['Ethereum', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD', false],
    ['Bitcoin', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', true],
    ['Bitcoin', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', false],
    ['Bitcoin', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', true],
    ['Bitcoin', 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0', true],
    ['Bitcoin', 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd', false],
    ['Bitcoin', 'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', false],
    ['Tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', true],
    ['XRP', 'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh', true],
    ['Solana', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', false],
    ['Litecoin', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', false],
  ] as const)('%s %s: %s', (chain, address, good) => {
    expect(isWellFormed(chain, address)).toBe(good);
  });
  it('gives contracts of assets the case that EIP-55 asks for', () => {
    const contracts = assets.flatMap(({ tokens }) => tokens).filter((one) => one.contractAddress);
    expect(contracts.length).toBeGreaterThan(5);
    for (const { blockchain, contractAddress } of contracts)
      expect([
        contractAddress,
        isKnown(blockchain) && isWellFormed(blockchain, contractAddress ?? ''),
      ]).toEqual([contractAddress, true]);
    expect(eip55('0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48')).toBe(
      '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
    );
  });
});
