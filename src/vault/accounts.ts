import { equalBytes } from '../core/bytes.ts';
import { type AppError, invalid } from '../core/errors.ts';
import { assertApiKey } from '../core/signing.ts';
import { generateKeyPair, keyFromSeed, unwrapAccountKey, wrapAccountKey } from './account-keys.ts';
import { checkedBytes } from './aes.ts';
import { type Account, type AccountId, accountLabel, type Contents } from './directory.ts';
import type { VaultBody } from './envelope.ts';
import type { Live } from './session.ts';

/** What a change to the vault replaces; the rest stays as it is. */
export interface Changes {
  accounts?: readonly Account[];
  keys?: VaultBody['keys'];
  keyslots?: VaultBody['keyslots'];
  /** A way in is taken away: no copy that it opens may be left. */
  revokes?: boolean;
}

export interface ImportInput {
  label: string;
  /** Base64 of the 32-byte public key, as the exchange shows it. */
  apiKey: string;
  /** Base64 of the 32-byte seed, or of seed and public key. */
  secret: string;
}

/** There is no such account (any more). */
export const noAccount = (): AppError => invalid('account', 'required');

export function findAccount({ accounts }: Contents, id: AccountId): Account {
  const account = accounts.find((one) => one.id === id);
  if (account === undefined) throw noAccount();
  return account;
}

/** A key to import, checked; must not outlive the wrapping. @throws INVALID_INPUT at `label`, `apiKey` or `secret`. */
export async function importedKey(input: ImportInput): Promise<NewKey> {
  const label = accountLabel(input.label);
  const apiKey = assertApiKey(input.apiKey);
  const { publicKeyOf, seedFromSecret } = await import('../core/seed.ts');
  const seed = await seedFromSecret(input.secret);
  try {
    if (!equalBytes(await publicKeyOf(seed), checkedBytes(apiKey))) {
      throw invalid('apiKey', 'api-key-mismatch');
    }
    return { label, apiKey, key: await keyFromSeed(seed) };
  } finally {
    seed.fill(0);
  }
}

export async function generatedKey(input: { label: string }): Promise<NewKey> {
  return { label: accountLabel(input.label), ...(await generateKeyPair()) };
}

interface NewKey {
  label: string;
  apiKey: string;
  key: CryptoKey;
}

/** @throws INVALID_INPUT account-exists */
export async function addAccount(
  { record, accounts }: Contents,
  { keys: { wrapping } }: Live,
  { label, apiKey, key }: NewKey,
  createdAt: number,
): Promise<Changes & { account: Account }> {
  if (accounts.some((other) => other.apiKey === apiKey)) throw invalid('apiKey', 'account-exists');
  const id = crypto.randomUUID();
  const wrapped = await wrapAccountKey(wrapping, key, { vaultId: record.vaultId, id, apiKey });
  const account: Account = { id, label, apiKey, status: 'unregistered', createdAt };
  return { account, accounts: [...accounts, account], keys: [...record.keys, wrapped] };
}

export function editAccount(
  contents: Contents,
  id: AccountId,
  edit: Partial<Pick<Account, 'label' | 'status'>>,
): Changes & { account: Account } {
  const account = { ...findAccount(contents, id), ...edit };
  return {
    account,
    accounts: contents.accounts.map((other) => (other.id === id ? account : other)),
  };
}

export function withoutAccount(contents: Contents, id: AccountId): Changes {
  findAccount(contents, id);
  return {
    accounts: contents.accounts.filter((account) => account.id !== id),
    keys: contents.record.keys.filter((key) => key.id !== id),
  };
}

/** The account's signing key: not extractable, kept in the session's memory only. */
export async function signingKeyOf(live: Live, id: AccountId): Promise<CryptoKey | undefined> {
  const { apiKey } = findAccount(live.contents, id);
  const known = live.signingKeys.get(id);
  if (known) return known;
  const entry = live.contents.record.keys.find((key) => key.id === id);
  if (entry === undefined) return undefined;
  const place = { vaultId: live.vaultId, id, apiKey };
  const key = await unwrapAccountKey(live.keys.wrapping, entry, place);
  if (key) live.signingKeys.set(id, key);
  return key;
}
