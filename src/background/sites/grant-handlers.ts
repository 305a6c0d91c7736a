import { invalid } from '../../core/errors.ts';
import type { WalletEvent, WalletHandlers } from '../../messaging/contract.ts';
import { isSiteOrigin } from '../../policy/site-origin.ts';
import type { Grants } from './grants.ts';

export interface GrantServices {
  grants: Grants;
  accounts: () => Promise<readonly { id: string }[]>;
  announce: (event: WalletEvent) => void;
}

/** Powers of sites, given and taken by a person. */
export function createGrantHandlers({ grants, accounts, announce }: GrantServices) {
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
  } satisfies Partial<WalletHandlers>;
}
