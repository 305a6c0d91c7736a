import type { Severity } from '../../../policy/warnings.ts';

/** How a warning is shown. */
export const KINDS = { severe: 'error', warn: 'warn', info: 'info' } as const satisfies Record<
  Severity,
  string
>;
