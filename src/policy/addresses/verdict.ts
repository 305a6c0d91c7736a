/**
 * Why an address is refused.
 * - `spaces`: white space, a control character or one that cannot be seen, anywhere in it.
 * - `tag-needed`: the chain wants a tag beside the address, which a request cannot carry.
 */
export type AddressFault =
  | 'format'
  | 'checksum'
  | 'length'
  | 'wrong-chain'
  | 'tag-needed'
  | 'spaces'
  | 'testnet';

/**
 * What is worth knowing about an address that is accepted.
 * - `one-case`: mixed capitals and small letters would carry a checksum; this text has none.
 * - `also-bitcoin`: the text alone does not tell Bitcoin Cash from Bitcoin.
 * - `unassigned`: a kind of output that no key protects yet; whoever mines it may take it.
 * - `short`: leading zeros are left out.
 */
export type AddressHint = 'one-case' | 'also-bitcoin' | 'unassigned' | 'short';

/** What one chain's own rules say of an address. */
export type Verdict =
  | { ok: true; kind: 'checksummed' | 'unchecked'; hint?: AddressHint }
  | { ok: false; reason: AddressFault };

/** Rules for text that is known to be well formed, visible and 1 to 255 characters long. */
export type Checker = (address: string) => Verdict;

export const CHECKSUMMED: Verdict = { ok: true, kind: 'checksummed' };
export const UNCHECKED: Verdict = { ok: true, kind: 'unchecked' };
export const refuse = (reason: AddressFault): Verdict => ({ ok: false, reason });
