import { del, get, keys, set, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import { invalid } from '../../core/errors.ts';
import { createQueue } from '../../core/queue.ts';
import { field } from '../../exchange/schema.ts';
import type { WalletHandlers } from '../../messaging/contract.ts';
import { type BookEntry, bookEntry } from '../../messaging/transfers.ts';
import { addressProblem } from '../../policy/address-problem.ts';
import { sameAddress } from '../../policy/addresses.ts';
import { accountLabel } from '../../vault/directory.ts';
import { readable } from './readable.ts';
import type { Seals } from './seals.ts';

export interface AddressBookServices {
  store: UseStore;
  seals: Seals;
  now: () => number;
  randomId: () => string;
}

type AddressBookHandlers = Pick<
  WalletHandlers,
  'addressBook.list' | 'addressBook.save' | 'addressBook.remove'
>;

const PURPOSE = 'address';
const PREFIX = 'address/';

/**
 * Addresses that the person keeps. Each is sealed under its own id: one that was changed on disk, or put in the place of
 * another, does not open, and is counted instead of shown (R29).
 */
export function createAddressBookHandlers({
  store,
  seals,
  now,
  randomId,
}: AddressBookServices): AddressBookHandlers {
  const serial = createQueue();

  const read = async (id: string): Promise<BookEntry | undefined> => {
    const sealed: unknown = await get(PREFIX + id, store);
    const found = v.safeParse(bookEntry, await readable(seals.open(PURPOSE, id, sealed)));
    return found.success && found.output.id === id ? found.output : undefined;
  };

  const list = async (): Promise<{ entries: BookEntry[]; damaged: number }> => {
    const all = (await keys(store)).map(String).filter((key) => key.startsWith(PREFIX));
    const found = await Promise.all(all.map((key) => read(key.slice(PREFIX.length))));
    const entries = found
      .filter((entry) => entry !== undefined)
      .sort((a, b) => a.createdAt - b.createdAt);
    return { entries, damaged: all.length - entries.length };
  };

  return {
    'addressBook.list': list,
    'addressBook.save': (given) =>
      serial(async () => {
        const { address, blockchain, needsCode } = given;
        const label = accountLabel(given.label);
        if (!v.is(field.blockchain, blockchain)) throw invalid('blockchain', 'chain-unknown');
        const problem = addressProblem(blockchain, address);
        if (problem) throw invalid(problem.path, problem.reason, problem.limit);
        const { entries } = await list();
        const known = entries.find(({ id }) => id === given.id);
        if (given.id !== undefined && known === undefined) throw invalid('id', 'unknown-key');
        const isThere = entries.some(
          (other) =>
            other.id !== given.id &&
            other.blockchain === blockchain &&
            sameAddress(other.address, address),
        );
        if (isThere) throw invalid('address', 'address-known');
        const id = known?.id ?? randomId();
        const createdAt = known?.createdAt ?? now();
        const entry: BookEntry = { id, label, address, blockchain, needsCode, createdAt };
        await set(PREFIX + id, await seals.seal(PURPOSE, id, entry), store);
        return entry;
      }),
    'addressBook.remove': ({ id }) =>
      serial(async () => {
        await del(PREFIX + id, store);
        return {};
      }),
  };
}
