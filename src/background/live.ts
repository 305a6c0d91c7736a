import type { WalletHandlers } from '../messaging/contract.ts';

export interface Live {
  handlers: Pick<WalletHandlers, 'live.watch' | 'live.leave'>;
}

/** What surfaces watch. There is no stream behind it yet, and it says so: everything is `off`, so surfaces poll. */
export const createLive = (): Live => ({
  handlers: {
    'live.watch': async () => ({ account: 'off', market: 'off' }),
    'live.leave': async () => ({}),
  },
});
