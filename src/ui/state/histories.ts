import { computed } from '@preact/signals';
import type { Deposit, Withdrawal } from '../../exchange/transfer-types.ts';
import type { Fill, HistoricOrder } from '../../exchange/types.ts';
import { createHistory, type HistoryState } from './history.ts';
import { depositSource, fillSource, orderSource, withdrawalSource } from './history-sources.ts';
import { type Part, part } from './part.ts';
import type { Reads } from './reads.ts';

/** The histories of the selected account, each loaded where it is shown. */
export interface Histories extends Part {
  orders: HistoryState<HistoricOrder>;
  fills: HistoryState<Fill>;
  deposits: HistoryState<Deposit>;
  withdrawals: HistoryState<Withdrawal>;
}

export function createHistories(reads: Reads): Histories {
  const orders = createHistory(reads, orderSource);
  const fills = createHistory(reads, fillSource);
  const deposits = createHistory(reads, depositSource);
  const withdrawals = createHistory(reads, withdrawalSource);
  return {
    orders,
    fills,
    deposits,
    withdrawals,
    tab: 'activity',
    remotes: computed(() => [orders.remote.value, fills.remote.value]),
    reset() {
      for (const history of [orders, fills, deposits, withdrawals]) history.reset();
    },
  };
}

export const histories = part(({ reads }) => createHistories(reads));
