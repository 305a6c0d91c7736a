import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAddress, FIAT_CHAINS, TAG_CHAINS } from '../../../src/policy/addresses.ts';
import vectors from '../../vectors/addresses.json' with { type: 'json' };

/** Every name that the exchange gives a blockchain. */
const BLOCKCHAINS: readonly string[] = [
  ...['0G', 'Aptos', 'Arbitrum', 'Avalanche', 'Base', 'Berachain', 'Bitcoin', 'BitcoinCash'],
  ...['Bsc', 'Cardano', 'Dogecoin', 'Eclipse', 'EqualsMoney', 'Ethereum', 'Fogo', 'HyperEVM'],
  ...['Hyperliquid', 'Linea', 'Litecoin', 'Monad', 'Near', 'Optimism', 'Plasma', 'Polygon'],
  ...['Sei', 'Sui', 'Solana', 'Stable', 'Story', 'Tron', 'XRP', 'Zcash'],
];
const payable = BLOCKCHAINS.filter((name) => ![...TAG_CHAINS, ...FIAT_CHAINS].includes(name));
const anyChain = fc.constantFrom(...BLOCKCHAINS, 'Tomorrow');

describe('checkAddress', () => {
  // From BIP-173, BIP-350, EIP-55, CIP-19 and the CashAddr specification, and made by hand after them.
  it.each(vectors)('$blockchain: $name', ({ name: _, blockchain, address, ...expected }) => {
    const normal = expected.ok ? { normal: address } : {};
    expect(checkAddress(blockchain, address)).toEqual({ ...normal, ...expected });
  });

  it('has vectors of both kinds for every blockchain that takes addresses', () => {
    const covered = (ok: boolean) =>
      payable.filter((name) => vectors.some((one) => one.blockchain === name && one.ok === ok));
    expect(covered(true)).toEqual(payable);
    expect(BLOCKCHAINS.filter((name) => checkAddress(name, 'nonsense').ok)).toEqual([]);
  });

  it('says of no blockchain that takes no address that something looks like it', () => {
    const named = vectors.flatMap(({ looksLike }) => looksLike ?? []);
    expect(named.filter((name) => !payable.includes(name))).toEqual([]);
  });

  it('reads the name of a blockchain in either spelling of the exchange', () => {
    for (const { blockchain, address } of vectors) {
      const spelling = blockchain.charAt(0).toLowerCase() + blockchain.slice(1);
      expect(checkAddress(spelling, address)).toEqual(checkAddress(blockchain, address));
    }
  });

  it('never throws, and never hands back another text', () => {
    const address = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.uint16Array().map((units) => String.fromCharCode(...units)),
      fc.constantFrom(...vectors.map((one) => one.address)),
    );
    fc.assert(
      fc.property(anyChain, address, (blockchain, text) => {
        const found = checkAddress(blockchain, text);
        if (found.ok) expect(found.normal).toBe(text);
      }),
    );
  });

  it('accepts on no blockchain what could not be signed or seen', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...vectors.filter((one) => one.ok)),
        fc.constantFrom(...'&="\\ \t\n\r\0\u007f\u00a0\u200b\u202e\u2060\ufeff'),
        fc.nat(),
        ({ blockchain, address }, character, place) => {
          const at = place % (address.length + 1);
          const text = address.slice(0, at) + character + address.slice(at);
          expect(checkAddress(blockchain, text).ok).toBe(false);
        },
      ),
    );
  });
});
