import type { InvalidReason } from '../core/errors.ts';
import type { Problem } from '../exchange/bounds.ts';
import { type AddressFault, checkAddress } from './addresses.ts';

const REASONS: Readonly<Record<AddressFault, InvalidReason>> = {
  format: 'address-format',
  checksum: 'address-checksum',
  length: 'address-length',
  'wrong-chain': 'address-wrong-chain',
  'tag-needed': 'address-tag',
  spaces: 'address-spaces',
  testnet: 'address-testnet',
};

/** Chains that share one form of address are many; a few names say which it is. */
const NAMED = 3;

/** Why nothing may be sent to this address on this chain, as a field's problem; nothing if it may. */
export function addressProblem(blockchain: string, address: string): Problem | undefined {
  if (address === '') return { path: 'address', reason: 'required' };
  const check = checkAddress(blockchain, address);
  if (check.ok) return undefined;
  // No address whatever can mend that.
  if (check.reason === 'tag-needed') return { path: 'blockchain', reason: 'address-tag' };
  const names = check.looksLike?.slice(0, NAMED).join(', ');
  return {
    path: 'address',
    reason: REASONS[check.reason],
    ...(names === undefined ? {} : { limit: names }),
  };
}
