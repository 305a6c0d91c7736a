import type { GrantTerms } from '../../../../src/policy/grant.ts';
import { createSiteWorld, ORDER } from '../site-world.ts';

export const BALANCES = { instruction: 'balanceQuery' };
export const SEND = { instruction: 'orderExecute', params: ORDER };
export const TERMS: GrantTerms = {
  ...{ scopes: ['read'], markets: 'all', kinds: [], reduceOnly: false },
  ...{ maxPerMinute: 10, expiresAt: 1_790_000_000_000 },
};
export const WAITING = { waiting: true, turn: 1 };
export const error = (code: number, reason: string) => ({ ok: false, error: { code, reason } });

/** A connected page, and the background that it asks. */
export function setUp() {
  const world = createSiteWorld();
  const background = world.start();
  const page = world.open(1);
  const { approvals } = background;
  return {
    ...{ world, background, page, approvals },
    ask: (method: string, params?: unknown, call?: string) =>
      world.ask(background, page, method, params, call),
    /** The one that waits. */
    only: async () => {
      const [first] = await approvals.list();
      if (first === undefined) throw new Error('nothing waits');
      return first;
    },
  };
}
