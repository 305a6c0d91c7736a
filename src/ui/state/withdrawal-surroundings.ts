import { computed, type ReadonlySignal } from '@preact/signals';
import * as v from 'valibot';
import type { Decimal } from '../../core/decimal.ts';
import { decimal } from '../../exchange/schema.ts';
import { tokenOn } from '../../exchange/transfer-rules.ts';
import { type DepositAddress, depositAddress } from '../../exchange/transfer-types.ts';
import type { WalletCall } from '../../messaging/client.ts';
import type { OneParams } from '../../messaging/shapes.ts';
import { sameAddress } from '../../policy/addresses.ts';
import { type TransferWarning, withdrawalWarnings } from '../../policy/transfer-warnings.ts';
import { createAddressBook } from './address-book.ts';
import { createAssets } from './assets.ts';
import type { BalancesState } from './balances.ts';
import type { Reads } from './reads.ts';
import { createLoader, known, type Remote } from './remote.ts';
import { createTransfers } from './transfers.ts';
import { knownAddresses } from './withdrawal.ts';

type Named = OneParams;

/** What is known around a withdrawal that a site asks for. */
export interface WithdrawalSurroundings {
  warningsOf(params: Named): readonly TransferWarning[];
  /** The network's fee, where it is known. */
  feeOf(params: Named): Decimal | undefined;
  /** The person said of this address that the exchange asks for a second factor. */
  needsCode(params: Named): boolean;
  /** What the warnings stand on. */
  readonly remotes: ReadonlySignal<readonly Remote<unknown>[]>;
  /** Asks for whatever is not there yet. */
  look(params: Named): Promise<boolean>;
  reset(): void;
}

const withdrawing = v.object({
  symbol: v.string(),
  blockchain: v.string(),
  address: v.string(),
  quantity: decimal,
});

export function createWithdrawalSurroundings(
  call: WalletCall,
  reads: Reads,
  balances: BalancesState,
): WithdrawalSurroundings {
  const assets = createAssets(reads);
  const book = createAddressBook(call);
  const transfers = createTransfers(reads);
  let blockchain = '';
  const own = createLoader<DepositAddress>(() =>
    reads.account('depositAddressQuery', { blockchain }, depositAddress),
  );

  const feeOf = ({ symbol, blockchain: chain }: Named): Decimal | undefined =>
    tokenOn(assets.asset(String(symbol)), String(chain))?.withdrawalFee;
  const onceMore = (remote: Remote<unknown>, refresh: () => Promise<boolean>): Promise<boolean> =>
    remote.status === 'ready' ? Promise.resolve(true) : refresh();

  return {
    feeOf,
    warningsOf(params) {
      const read = v.safeParse(withdrawing, params);
      if (!read.success) return [];
      const address = known(own.state.value)?.value.address;
      return withdrawalWarnings(read.output, {
        ...knownAddresses(book, transfers),
        own: address === undefined ? [] : [{ blockchain, address }],
        available: balances.available(read.output.symbol),
        fee: feeOf(params),
      });
    },
    needsCode: ({ address }) =>
      book.entries.value.some(
        (entry) => entry.needsCode && sameAddress(entry.address, String(address)),
      ),
    remotes: computed(() => [
      assets.remote.value,
      book.remote.value,
      transfers.withdrawals.value,
      balances.remote.value,
    ]),
    async look(params) {
      if (blockchain !== params.blockchain) own.reset();
      blockchain = String(params.blockchain);
      // Whether it is an address of one's own is good to know and no reason to wait.
      void onceMore(own.state.value, own.refresh);
      const fresh = await Promise.all([
        assets.ensure(),
        book.ensure(),
        onceMore(transfers.withdrawals.value, () => transfers.refresh(true)),
        balances.refresh(true),
      ]);
      return fresh.every(Boolean);
    },
    reset() {
      for (const part of [assets, book, transfers, own]) part.reset();
    },
  };
}
