import { computed, effect, untracked } from '@preact/signals';
import type { WithdrawParams } from '../../exchange/instructions/capital.ts';
import { singleOf } from '../../messaging/shapes.ts';
import { sameAddress } from '../../policy/addresses.ts';
import { type AddressBook, createAddressBook } from './address-book.ts';
import { type AssetsState, createAssets } from './assets.ts';
import { createDeposit, type DepositState } from './deposit.ts';
import { fateOf } from './fate.ts';
import { type Part, type Poll, part } from './part.ts';
import { createPlacement, type PlacementState } from './placement.ts';
import type { Trading } from './trading.ts';
import { createTransfers, type TransfersState } from './transfers.ts';
import { createWithdrawal, type WithdrawalState } from './withdrawal.ts';

/** Everything that the Transfer tab stands on, for the selected account. */
export interface Transferring extends Part {
  assets: AssetsState;
  book: AddressBook;
  transfers: TransfersState;
  deposit: DepositState;
  withdrawal: WithdrawalState;
  placement: PlacementState<WithdrawParams>;
  /** What stands still between two looks, asked for where it is missing. */
  ensure(): Promise<boolean>;
}

const TRANSFERS_MS = 3_000;
const LIMITS_MS = 15_000;

function createTransferring(trading: Trading): Transferring {
  const { call, reads, requests, balances, drafts, now } = trading;
  const assets = createAssets(reads);
  const book = createAddressBook(call, now);
  const transfers = createTransfers(reads);
  const deposit = createDeposit(reads, assets, drafts);
  const withdrawal = createWithdrawal({
    reads,
    assets,
    balances,
    book,
    transfers,
    deposit,
    drafts,
  });
  const placement = createPlacement<WithdrawParams>(requests, 'withdraw');

  /** The withdrawal that was made last: once it is known to be, how it goes on is looked up, and what is left. */
  const made = computed(() => {
    const placed = placement.placement.value;
    if (placed?.kind !== 'known' || fateOf(placed.view) !== 'placed') return undefined;
    return { id: placed.view.id, quantity: String(singleOf(placed.view).quantity ?? '') };
  });
  let seen: string | undefined;
  effect(() => {
    if (!made.value || made.value.id === seen) return;
    const { id, quantity } = made.value;
    seen = id;
    untracked(() => {
      withdrawal.clearQuantity(quantity);
      void withdrawal.refreshLimit(true);
      void transfers.refresh(true);
    });
  });

  // The same text can be an address of one's own on several networks: whether it is one on this network has to be asked.
  const ownElsewhere = computed(() => {
    const { address, blockchain } = withdrawal.draft.value;
    const same = withdrawal.own.value.filter((own) => sameAddress(own.address, address));
    const isAsked = same.length === 0 || same.some((own) => own.blockchain === blockchain);
    return isAsked || !withdrawal.token.value?.depositEnabled ? undefined : blockchain;
  });
  effect(() => {
    const blockchain = ownElsewhere.value;
    if (blockchain !== undefined) untracked(() => void deposit.look(blockchain));
  });

  const ensure = async (): Promise<boolean> => {
    const fresh = await Promise.all([assets.ensure(), book.ensure()]);
    return fresh.every(Boolean);
  };
  const polls: readonly Poll[] = [
    {
      everyMs: TRANSFERS_MS,
      async refresh() {
        // While something is being looked for, asking also wakes a background that was stopped in the middle of it.
        if (requests.open.value.length > 0) await requests.refresh();
        return transfers.refresh(true);
      },
    },
    {
      everyMs: LIMITS_MS,
      async refresh() {
        const fresh = await Promise.all([ensure(), withdrawal.refreshLimit(true)]);
        return fresh.every(Boolean);
      },
    },
  ];

  return {
    assets,
    book,
    transfers,
    deposit,
    withdrawal,
    placement,
    ensure,
    tab: 'transfer',
    polls,
    remotes: computed(() => [transfers.withdrawals.value, transfers.deposits.value]),
    hear(event) {
      if (event.name !== 'request' || event.request.state !== 'settled') return;
      if (event.request.instruction === 'withdraw' && trading.isShown(event.request.account)) {
        void transfers.refresh(true);
      }
    },
    restore() {
      void withdrawal.restore();
      void deposit.restore();
    },
    reset() {
      for (const each of [placement, withdrawal, deposit, transfers, book, assets]) each.reset();
    },
  };
}

export const transferring = part(createTransferring);
