import { createHash } from 'node:crypto';
import {
  bodyOf,
  sealRecord,
  type VaultBody,
  type VaultRecord,
} from '../../../src/vault/envelope.ts';
import { vaultDamaged } from '../../../src/vault/keeper.ts';
import { withOpened } from '../../../src/vault/opening.ts';

/** Canonical JSON once more, so that a recomputed checksum does not depend on what is tested. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`,
  );
  return `{${members.sort().join(',')}}`;
}

/** What an attacker can do who knows the format but not the password. */
export function withChecksum(record: object): object {
  const { checksum: _, ...summed } = { checksum: '', ...record };
  return { ...summed, checksum: createHash('sha256').update(canonical(summed)).digest('base64') };
}

/** What only a holder of the password can write: an edited record that is authentic all the same. */
export function rewritten(
  record: VaultRecord,
  password: string,
  edit: (body: VaultBody) => Partial<VaultBody>,
): Promise<VaultRecord> {
  return withOpened(record, password, vaultDamaged, ({ keys }) => {
    const body = { ...bodyOf(record), revision: record.revision + 1 };
    return sealRecord({ ...body, ...edit(body) }, keys.authentication);
  });
}

/** What a later version will write: a slot of a kind that this one only keeps. */
export const withExtraSlot = (record: VaultRecord, password: string): Promise<VaultRecord> =>
  rewritten(record, password, ({ keyslots }) => ({
    keyslots: [
      ...keyslots,
      {
        id: '8a1f5a4e-6f0e-4b63-9d2c-0a4b2b8f3c11',
        kind: 'recovery',
        iv: 'AAAAAAAAAAAAAAAA',
        wrapped: keyslots[0]?.wrapped ?? '',
        salt: 'kept as it is',
        rounds: 7,
      },
    ],
  }));

export type Path = readonly (string | number)[];

/** Every text and number in a value, by where it is. */
export function leaves(value: unknown, path: Path = []): { path: Path; value: string | number }[] {
  if (typeof value === 'string' || typeof value === 'number') return [{ path, value }];
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, member]) =>
    leaves(member, [...path, isList ? Number(key) : key]),
  );
}

/** A copy with one leaf replaced. */
export function replaced(value: unknown, [key, ...rest]: Path, leaf: unknown): unknown {
  if (key === undefined) return leaf;
  if (Array.isArray(value)) {
    return value.map((member, i) => (i === key ? replaced(member, rest, leaf) : member));
  }
  const members = Object.entries(value ?? {});
  return Object.fromEntries(
    members.map(([name, member]) => [name, name === key ? replaced(member, rest, leaf) : member]),
  );
}
