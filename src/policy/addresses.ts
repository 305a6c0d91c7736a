import { RULES } from './addresses/chains.ts';
import {
  type AddressFault,
  type AddressHint,
  refuse,
  UNCHECKED,
  type Verdict,
} from './addresses/verdict.ts';

export { inGroups, type Similarity, sameAddress, similarity } from './addresses/similar.ts';
export type { AddressFault, AddressHint };

export type AddressCheck =
  | {
      ok: true;
      /** The address as it was given: it is checked, never rewritten. */
      normal: string;
      /** `unchecked`: the form is right, but a mistyped character would not show. */
      kind: 'checksummed' | 'unchecked';
      hint?: AddressHint;
    }
  | {
      ok: false;
      reason: AddressFault;
      /** With `wrong-chain`: the blockchains whose rules the address satisfies. */
      looksLike?: readonly string[];
    };

/** Chains where a tag says whose the money is. The exchange's API has no field for one. */
export const TAG_CHAINS: readonly string[] = ['XRP'];
/** Not a chain: money paid out to a bank, which needs more than an address. */
export const FIAT_CHAINS: readonly string[] = ['EqualsMoney'];

const MOST_CHARACTERS = 255;
const HIDDEN = /[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

const isAmong = (chains: readonly string[], blockchain: string): boolean =>
  // The exchange writes its names in two ways: `BitcoinCash` and, in deposits, `bitcoinCash`.
  chains.some((chain) => chain.toLowerCase() === blockchain.toLowerCase());

/** What holds for every chain: the text can be signed unambiguously and has nothing hidden in it. */
function general(address: string): Verdict {
  if (address === '' || address.length > MOST_CHARACTERS) return refuse('length');
  if (!address.isWellFormed() || /[&="\\]/.test(address)) return refuse('format');
  return HIDDEN.test(address) ? refuse('spaces') : UNCHECKED;
}

const chainsLike = (address: string): readonly string[] =>
  RULES.filter(({ check, recognise }) => recognise?.(address) ?? check(address).ok).flatMap(
    ({ chains }) => chains,
  );

/**
 * Does the address fit the blockchain it is to be used on? Nothing is trimmed or corrected.
 * A blockchain that is not known here gets the general rules alone, and so `unchecked` at best.
 * @param blockchain - By the exchange's name.
 */
export function checkAddress(blockchain: string, address: string): AddressCheck {
  if (isAmong(TAG_CHAINS, blockchain)) return { ok: false, reason: 'tag-needed' };
  const fitness = general(address);
  if (!fitness.ok) return fitness;
  if (isAmong(FIAT_CHAINS, blockchain)) return { ok: false, reason: 'format' };
  const rules = RULES.find(({ chains }) => isAmong(chains, blockchain));
  const verdict = rules?.check(address) ?? fitness;
  if (verdict.ok) return { ...verdict, normal: address };
  if (verdict.reason !== 'format' && verdict.reason !== 'length') return verdict;
  const looksLike = chainsLike(address);
  return looksLike.length > 0 ? { ok: false, reason: 'wrong-chain', looksLike } : verdict;
}
