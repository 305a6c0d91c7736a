import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inGroups, similarity } from '../../../src/policy/addresses.ts';

const evm = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const solana = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
const bitcoin = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4';
const cash = 'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a';
const zeros = (count: number) => '0'.repeat(count);

describe('R29: look-alike addresses', () => {
  it.each([
    ['both ends agree', evm, `0x5aAe${zeros(32)}eAed`, 4, 4],
    ['more than the ends agrees', evm, `0x5aAeb6${'1'.repeat(28)}1BeAed`, 6, 6],
    ['the ends agree but for capitals', evm, `0x5AAE${zeros(32)}EAED`, 4, 4],
    ['base58', solana, `Toke${'1'.repeat(35)}Q5DA`, 4, 4],
    ['base58 that differs in capitals alone', solana, solana.replace('keg', 'kEg'), 43, 0],
    ['one character is another', solana, solana.replace('J', 'K'), 17, 25],
    ['one character is missing', solana, solana.replace('J', ''), 17, 25],
    ['four characters after bc1', bitcoin, `bc1qw50${'q'.repeat(31)}f3t4`, 4, 4],
    ['a prefix is left out', cash, `bitcoincash:qpm2${'z'.repeat(34)}dx6a`, 4, 4],
    ['repetition, not counted twice', 'aaaaaaaaaa', 'aaaaaaaaaaa', 10, 0],
  ])('%s', (_, address, known, first, last) => {
    expect(similarity(address, [known])).toEqual([{ known, first, last }]);
  });

  it.each([
    ['the same address', solana, solana],
    ['the same in other capitals', evm, evm.toLowerCase()],
    ['the same in capitals, bech32', bitcoin, bitcoin.toUpperCase()],
    ['the same without its prefix', cash, `bitcoincash:${cash}`],
    ['the same without its prefix, in capitals', `BITCOINCASH:${cash.toUpperCase()}`, cash],
    ['three characters at the beginning', evm, `0x5aA1${zeros(32)}eAed`],
    ['three characters at the end', evm, `0x5aAe${zeros(32)}1Aed`],
    ['only the beginning', evm, `0x5aAeb6${zeros(34)}`],
    ['three characters after bc1', bitcoin, `bc1qw5${'q'.repeat(32)}f3t4`],
    ['another kind of address', evm, `5aAe${zeros(32)}eAed`],
    ['nothing', evm, ''],
  ])('none: %s', (_, address, known) => {
    expect(similarity(address, [known])).toEqual([]);
  });

  it('finds all of them in their order', () => {
    const forged = [`0x5aAe${zeros(32)}eAed`, `0x5aAe${'1'.repeat(32)}eAed`];
    const known = [evm, forged[0] ?? '', solana, forged[1] ?? ''];
    expect(similarity(evm, known).map((one) => one.known)).toEqual(forged);
    expect(similarity(evm, [])).toEqual([]);
  });

  it('finds an address forged to match the ends of any other', () => {
    const digits = (length: number) =>
      fc.string({
        unit: fc.constantFrom(...'0123456789abcdef'),
        minLength: length,
        maxLength: length,
      });
    fc.assert(
      fc.property(digits(4), digits(32), digits(32), digits(4), (start, one, other, end) => {
        fc.pre(one !== other);
        const [found] = similarity(`0x${start}${one}${end}`, [`0x${start}${other}${end}`]);
        expect(found?.first).toBeGreaterThanOrEqual(4);
        expect((found?.first ?? 0) + (found?.last ?? 0)).toBeLessThan(40);
      }),
    );
  });
});

// Halves of characters included.
const anyText = fc.uint16Array().map((units) => String.fromCharCode(...units));

describe('inGroups', () => {
  it.each([
    [evm, '0x5a Aeb6 053F 3E94 C9b9 A09f 3366 9435 E7Ef 1BeA ed'],
    ['abc', 'abc'],
    ['', ''],
    ['a🙂b🙂c', 'a🙂b🙂 c'],
  ])('%s', (address, shown) => {
    expect(inGroups(address).join(' ')).toBe(shown);
  });

  it('leaves nothing out', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const groups = inGroups(text);
        expect(groups.join('')).toBe(text);
        expect(groups.slice(0, -1).filter((group) => [...group].length !== 4)).toEqual([]);
      }),
    );
  });
});
