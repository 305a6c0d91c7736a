import { computed, type ReadonlySignal } from '@preact/signals';
import type { WalletCall } from '../../messaging/client.ts';
import type { RequestOf } from '../../messaging/contract.ts';
import type { BookEntry } from '../../messaging/transfers.ts';
import { createLoader, known, type Remote } from './remote.ts';

interface Book {
  entries: readonly BookEntry[];
  /** Entries that no longer open: somebody changed them on disk. */
  damaged: number;
}

/** The addresses that the person keeps, sealed in the vault. They are the same for every account. */
export interface AddressBook {
  readonly remote: ReadonlySignal<Remote<Book>>;
  readonly entries: ReadonlySignal<readonly BookEntry[]>;
  ensure(): Promise<boolean>;
  refresh(): Promise<boolean>;
  /** Without `id` a new entry. @throws INVALID_INPUT at `label` or `address` */
  save(entry: RequestOf<'addressBook.save'>): Promise<void>;
  remove(id: string): Promise<void>;
  reset(): void;
}

export function createAddressBook(call: WalletCall, now: () => number = Date.now): AddressBook {
  const loader = createLoader<Book>(async () => ({
    value: await call('addressBook.list', {}),
    at: now(),
  }));
  /** A load that is under way began before what just happened: one more after it. */
  const refreshAnew = async (): Promise<void> => {
    if (loader.state.value.status === 'loading') await loader.refresh(true);
    await loader.refresh(true);
  };
  return {
    remote: loader.state,
    entries: computed(() => known(loader.state.value)?.value.entries ?? []),
    async ensure() {
      return loader.state.value.status === 'ready' || loader.refresh();
    },
    refresh: loader.refresh,
    async save(entry) {
      await call('addressBook.save', entry);
      await refreshAnew();
    },
    async remove(id) {
      await call('addressBook.remove', { id });
      await refreshAnew();
    },
    reset: loader.reset,
  };
}
