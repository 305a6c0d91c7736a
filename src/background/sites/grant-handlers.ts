import { invalid } from '../../core/errors.ts';
import type { WalletEvent, WalletHandlers } from '../../messaging/contract.ts';
import { isSiteOrigin } from '../../policy/site-origin.ts';
import type { Log } from '../records/log.ts';
import type { Grants } from './grants.ts';

export interface GrantServices {
  grants: Grants;
  log: Log;
  accounts: () => Promise<readonly { id: string }[]>;
  announce: (event: WalletEvent) => void;
}

/** Powers of sites, given and taken by a person, and what was decided. */
export function createGrantHandlers({ grants, log, accounts, announce }: GrantServices) {
  return {
    'grants.save': async ({ id, origin, account, terms }) => {
      if (!isSiteOrigin(origin)) throw invalid('origin', 'wrong-type');
      if (!(await accounts()).some((each) => each.id === account)) {
        throw invalid('account', 'unknown-key');
      }
      const grant = await grants.save({ id, origin, account, terms });
      announce({ name: 'sites' });
      return grant;
    },
    'grants.revoke': async ({ id }) => {
      if ((await grants.revoke(id)) !== undefined) announce({ name: 'sites' });
      return {};
    },
    'log.read': (asked) => log.read(asked),
    'log.verify': ({ from }) => log.verify(from),
  } satisfies Partial<WalletHandlers>;
}
