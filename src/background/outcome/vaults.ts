import type { OneEntry } from '../records/journal-entry.ts';
import {
  earliest,
  type Find,
  type Finding,
  isOfItsTime,
  notDone,
  orGone,
  type Reads,
  read,
  sameAmount,
  timeOf,
} from './finding.ts';

// The histories of vaults are known from the exchange's Rust client alone. Where they are not there, nothing is proved.

/** The most that is asked for; a history as long as this may have left something out. */
const LIMIT = 1000;
const UNKNOWN: Finding = { seems: 'unknown' };

interface Row {
  id: string;
  timestamp?: string | number | null | undefined;
}

/** What was made since the entry, or may have been; `near` are those of its time, `since` those not before it. */
function around<R extends Row>(entry: OneEntry, rows: readonly R[], others: ReadonlySet<string>) {
  const near = rows.filter(
    ({ id, timestamp }) => isOfItsTime(entry, timeOf(timestamp)) && !others.has(id),
  );
  const since = near.filter(({ timestamp }) => timeOf(timestamp) >= (entry.timestamp ?? 0));
  return { near, since };
}

const redeemsOf = (reads: Reads, { params }: OneEntry) =>
  orGone(
    read(reads, 'vaultRedeemHistoryQueryAll', { vaultId: Number(params.vaultId), limit: LIMIT }),
  );

/** A deposit of that size, made when it was asked for. */
export const findMinted: Find = async (reads, entry, others) => {
  const { symbol, quantity, vaultId } = entry.params;
  const asked = { vaultId: Number(vaultId), limit: LIMIT };
  const rows = await orGone(read(reads, 'vaultMintHistoryQueryAll', asked));
  if (rows === undefined) return UNKNOWN;
  const { near, since } = around(entry, rows, others);
  const found = since.find(
    (row) => (row.symbol ?? symbol) === symbol && sameAmount(quantity, row.quantity),
  );
  if (found) return { is: { outcome: 'done', madeId: found.id } };
  return near.length > 0 || rows.length === LIMIT ? UNKNOWN : notDone(entry);
};

/** A wish of that size, made when it was asked for. Once it is redeemed or cancelled, its row has the time of that. */
export const findRedeemAsked: Find = async (reads, entry, others) => {
  const rows = await redeemsOf(reads, entry);
  if (rows === undefined) return UNKNOWN;
  const found = around(entry, rows, others).since.find(
    (row) =>
      row.status === 'Requested' &&
      sameAmount(entry.params.vaultTokenQuantity, row.vaultTokenQuantity),
  );
  if (found) return { is: { outcome: 'done', madeId: found.id } };
  const later = rows.filter(({ timestamp }) => !(timeOf(timestamp) < earliest(entry)));
  return later.length > 0 || rows.length === LIMIT ? UNKNOWN : notDone(entry);
};

/** A wish that was called back when that was asked for; not done while one waits that did then. */
export const findRedeemCancelled: Find = async (reads, entry, others) => {
  const rows = await redeemsOf(reads, entry);
  if (rows === undefined) return UNKNOWN;
  const found = around(entry, rows, others).since.find(({ status }) => status === 'Cancelled');
  if (found) return { is: { outcome: 'done', madeId: found.id } };
  const waits = rows.some(
    ({ status, timestamp }) =>
      status === 'Requested' && timeOf(timestamp) <= (entry.timestamp ?? 0),
  );
  return waits ? notDone(entry) : UNKNOWN;
};
