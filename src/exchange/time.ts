/** A time of a history, UTC text without a zone such as `2025-09-11T20:10:40.699`, in Unix ms. `NaN` if it is no time. */
export const utcTime = (text: string): number =>
  Date.parse(/[zZ]$|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`);
