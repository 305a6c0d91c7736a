import type { Fill, HistoricOrder } from '../../exchange/types.ts';
import { createHistory, type HistoryState } from './history.ts';
import { fillSource, orderSource } from './history-sources.ts';
import type { Reads } from './reads.ts';

/** The histories of the selected account, each loaded where it is shown. */
export interface Histories {
  orders: HistoryState<HistoricOrder>;
  fills: HistoryState<Fill>;
}

export const createHistories = (reads: Reads): Histories => ({
  orders: createHistory(reads, orderSource),
  fills: createHistory(reads, fillSource),
});
