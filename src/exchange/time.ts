/**
 * A time of a history, UTC text without a zone such as `2025-09-11T20:10:40.699`, in Unix ms. Text with a zone and ms are
 * read as well. `NaN` if it is no time.
 */
export function utcTime(moment: string | number): number {
  if (typeof moment === 'number') return moment;
  return Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(moment) ? moment : `${moment}Z`);
}
