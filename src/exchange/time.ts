/**
 * A time of a history or a candle, UTC text without a zone such as `2025-09-11T20:10:40.699` or `2025-07-19 13:09:00`, in
 * Unix ms. Text with a zone and ms are read as well. `NaN` if it is no time.
 */
export function utcTime(moment: string | number): number {
  if (typeof moment === 'number') return moment;
  const zoned = /[zZ]$|[+-]\d\d:?\d\d$/.test(moment) ? moment : `${moment}Z`;
  return Date.parse(zoned.replace(' ', 'T'));
}
