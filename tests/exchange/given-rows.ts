export type HistoryKind = 'orders' | 'fills' | 'deposits' | 'withdrawals';

/** A row of a history that nothing led to: as many as a test wants, and as odd. A bigint becomes a number of any length. */
export interface GivenRow {
  /** Unix ms: where in the history it stands, and what the time filters go by. */
  readonly at: number;
  /** What the filter for a market or an asset goes by. */
  readonly symbol: string;
  /** As it is answered. */
  readonly row: object;
}
export type GivenRows = Readonly<Record<HistoryKind, GivenRow[]>>;

export const noRows = (): GivenRows => ({ orders: [], fills: [], deposits: [], withdrawals: [] });

/** What truly happened and what was given, oldest first. */
export const together = (
  real: readonly { readonly at: number; readonly row: object }[],
  given: readonly GivenRow[],
): object[] =>
  (given.length === 0 ? real : [...real, ...given].sort((a, b) => a.at - b.at)).map(
    ({ row }) => row,
  );
