import { createHash, createPublicKey } from 'node:crypto';
import { fromBase58, fromBase58Check, RIPPLE_ALPHABET, toBase58, toBase58Check } from './base58.ts';
import { BECH32, BECH32M, fromBech32, fromWords, toBech32, toWords } from './bech32.ts';
import { keccak256 } from './keccak.ts';
import { privateKey } from './keys.ts';
import { oneOf } from './params.ts';

interface AddressKind {
  /** An address from 32 bytes of entropy. */
  make(entropy: Buffer): string;
  isWellFormed(address: string): boolean;
  /** How a transaction is named on such a chain, from the same. */
  hash(entropy: Buffer): string;
}

const hex = (entropy: Buffer): string => entropy.toString('hex');

/** EIP-55: a letter is upper case where the hash of the lower-case address has a digit of 8 or more. */
export function eip55(address: string): string {
  const digits = address.slice(2).toLowerCase();
  const hash = hex(keccak256(Buffer.from(digits)));
  const cased = [...digits].map((digit, index) =>
    Number.parseInt(hash.charAt(index), 16) >= 8 ? digit.toUpperCase() : digit,
  );
  return `0x${cased.join('')}`;
}

const evm: AddressKind = {
  make: (entropy) => eip55(`0x${hex(entropy.subarray(0, 20))}`),
  isWellFormed: (address) =>
    /^0x([0-9a-f]{40}|[0-9A-F]{40})$/.test(address) ||
    (/^0x[0-9a-fA-F]{40}$/.test(address) && eip55(address) === address),
  hash: (entropy) => `0x${hex(entropy)}`,
};
/** Public keys, so that they lie on the curve as those of real wallets do. */
const solana: AddressKind = {
  make(entropy) {
    const key = createPublicKey(privateKey(entropy.toString('base64')));
    return toBase58(key.export({ format: 'der', type: 'spki' }).subarray(-32));
  },
  isWellFormed: (address) => fromBase58(address)?.length === 32,
  hash: (entropy) => toBase58(createHash('sha512').update(entropy).digest()),
};
const move: AddressKind = {
  make: (entropy) => `0x${hex(entropy)}`,
  isWellFormed: (address) => /^0x[0-9a-fA-F]{64}$/.test(address),
  hash: (entropy) => `0x${hex(entropy)}`,
};
const near: AddressKind = {
  make: hex,
  isWellFormed: (address) => /^[a-z0-9][a-z0-9._-]{1,63}$/.test(address),
  hash: (entropy) => toBase58(entropy),
};
const cardano: AddressKind = {
  make: (entropy) =>
    toBech32('addr', toWords(Buffer.concat([Buffer.of(0x61), entropy.subarray(0, 28)])), BECH32),
  isWellFormed(address) {
    const decoded = fromBech32(address);
    return decoded?.prefix === 'addr' && decoded.constant === BECH32;
  },
  hash: hex,
};

/** Base58Check over version bytes (in hex, the first of them for new addresses) and 20 bytes. */
function versioned(versions: readonly [string, ...string[]], alphabet?: string): AddressKind {
  return {
    make: (entropy) =>
      toBase58Check(
        Buffer.concat([Buffer.from(versions[0], 'hex'), entropy.subarray(0, 20)]),
        alphabet,
      ),
    isWellFormed(address) {
      const body = fromBase58Check(address, alphabet);
      return body !== undefined && versions.includes(hex(body.subarray(0, -20)));
    },
    hash: hex,
  };
}

/** A witness program of 20 or 32 bytes under version 0, or of 32 bytes under version 1 in bech32m. */
function isSegwit(address: string, prefix: string): boolean {
  const decoded = fromBech32(address);
  if (decoded?.prefix !== prefix) return false;
  const length = fromWords(decoded.words.slice(1))?.length;
  if (decoded.words[0] === 0)
    return decoded.constant === BECH32 && (length === 20 || length === 32);
  return decoded.words[0] === 1 && decoded.constant === BECH32M && length === 32;
}
function segwit(prefix: string, legacy: AddressKind): AddressKind {
  return {
    make: (entropy) => toBech32(prefix, [0, ...toWords(entropy.subarray(0, 20))], BECH32),
    isWellFormed: (address) => isSegwit(address, prefix) || legacy.isWellFormed(address),
    hash: hex,
  };
}
const legacyBitcoin = versioned(['00', '05']);
/** The newer form is only looked at, not checked. */
const bitcoinCash: AddressKind = {
  ...legacyBitcoin,
  isWellFormed: (address) =>
    legacyBitcoin.isWellFormed(address) || /^(bitcoincash:)?[qp][0-9a-z]{41}$/.test(address),
};

const kinds = {
  '0G': evm,
  Aptos: move,
  Arbitrum: evm,
  Avalanche: evm,
  Base: evm,
  Berachain: evm,
  Bitcoin: segwit('bc', legacyBitcoin),
  BitcoinCash: bitcoinCash,
  Bsc: evm,
  Cardano: cardano,
  Dogecoin: versioned(['1e', '16']),
  Eclipse: solana,
  Ethereum: evm,
  Fogo: solana,
  HyperEVM: evm,
  Hyperliquid: evm,
  Linea: evm,
  Litecoin: segwit('ltc', versioned(['30', '32'])),
  Monad: evm,
  Near: near,
  Optimism: evm,
  Plasma: evm,
  Polygon: evm,
  Sei: evm,
  Sui: move,
  Solana: solana,
  Stable: evm,
  Story: evm,
  Tron: versioned(['41']),
  XRP: versioned(['00'], RIPPLE_ALPHABET),
  Zcash: versioned(['1cb8', '1cbd']),
} satisfies Record<string, AddressKind>;

/** A chain with addresses; `EqualsMoney`, which moves money between banks, has none. */
export type Chain = keyof typeof kinds;
export const isChain = (name: string): name is Chain => Object.hasOwn(kinds, name);
export const chains: readonly Chain[] = Object.keys(kinds).filter(isChain);
export const blockchain = oneOf('Blockchain', ...chains, 'EqualsMoney');

const entropyOf = (text: string): Buffer => createHash('sha256').update(text).digest();
const made = new Map<string, string>();

/**
 * A well-formed address that depends on the text alone. Chains with addresses of one kind share it, as accounts do.
 */
export function addressFrom(chain: Chain, text: string): string {
  const kind: AddressKind = kinds[chain];
  const name = `${chains.find((other) => kinds[other] === kind)} ${text}`;
  const known = made.get(name) ?? kind.make(entropyOf(`practice address ${name}`));
  made.set(name, known);
  return known;
}
export const transactionHash = (chain: Chain, text: string): string =>
  kinds[chain].hash(entropyOf(`practice transaction ${chain} ${text}`));
export const isWellFormed = (chain: Chain, address: string): boolean =>
  kinds[chain].isWellFormed(address);
/** Whether two spellings lead to the same place: letter case means nothing in hexadecimal addresses. */
export const sameAddress = (a: string, b: string): boolean =>
  a === b || (/^0x/i.test(a) && a.toLowerCase() === b.toLowerCase());
