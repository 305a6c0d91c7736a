import type { Deposit, Withdrawal } from '../../exchange/transfer-types.ts';
import type { Fill, HistoricOrder } from '../../exchange/types.ts';
import { createHistory, type HistoryState } from './history.ts';
import { depositSource, fillSource, orderSource, withdrawalSource } from './history-sources.ts';
import type { Reads } from './reads.ts';

/** The histories of the selected account, each loaded where it is shown. */
export interface Histories {
  orders: HistoryState<HistoricOrder>;
  fills: HistoryState<Fill>;
  deposits: HistoryState<Deposit>;
  withdrawals: HistoryState<Withdrawal>;
}

export const createHistories = (reads: Reads): Histories => ({
  orders: createHistory(reads, orderSource),
  fills: createHistory(reads, fillSource),
  deposits: createHistory(reads, depositSource),
  withdrawals: createHistory(reads, withdrawalSource),
});
