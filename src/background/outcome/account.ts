import {
  earliest,
  type Find,
  isOfItsTime,
  notDone,
  read,
  rowsSince,
  sameAmount,
  timeOf,
} from './finding.ts';

/** The settings tell: done once all are as asked; not done while none is. What was so before counts as done as well. */
export const findUpdated: Find = async (reads, entry) => {
  const account: Record<string, unknown> = await read(reads, 'accountQuery', {});
  const asked = Object.entries(entry.params);
  if (asked.some(([key]) => account[key] == null)) return { seems: 'unknown' };
  const isSo = ([key, value]: (typeof asked)[number]): boolean => {
    const found = account[key];
    return typeof found === 'string' ? sameAmount(value, found) : value === found;
  };
  if (asked.every(isSo)) return { is: { outcome: 'done' } };
  return asked.some(isSo) ? { seems: 'unknown' } : notDone(entry);
};

/** The history of dust tells. Where all was asked for there may have been none, so finding nothing proves nothing. */
export const findConverted: Find = async (reads, entry) => {
  const { symbol } = entry.params;
  const only = typeof symbol === 'string' ? { symbol } : {};
  const { rows, isWhole } = await rowsSince(
    earliest(entry),
    ({ timestamp }: { timestamp?: string | number | null | undefined }) => timeOf(timestamp),
    (page) => read(reads, 'dustHistoryQueryAll', { ...only, ...page }),
  );
  const times = rows.map(({ timestamp }) => timeOf(timestamp));
  const near = times.filter((at) => isOfItsTime(entry, at));
  if (near.some((at) => at >= (entry.timestamp ?? 0))) return { is: { outcome: 'done' } };
  if (near.length > 0 || !isWhole || symbol === undefined) return { seems: 'unknown' };
  return notDone(entry);
};
