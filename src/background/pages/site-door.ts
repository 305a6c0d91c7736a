import { isAppError } from '../../core/errors.ts';
import { decodeSiteCall, type SiteReplies } from '../../messaging/site-contract.ts';
import { SiteRefusal, toSiteError } from '../../messaging/site-errors.ts';
import type { SiteCall, SiteReply } from '../../messaging/wire.ts';
import type { Sites } from '../sites/sites.ts';
import type { Approvals } from './approvals.ts';
import type { SiteRequests } from './site-requests.ts';
import type { Asker } from './tickets.ts';

/** The door of web pages. `asker` is what the browser says of who sent the call. It never throws. */
export type SiteDoor = (asker: Asker, call: SiteCall) => Promise<SiteReply>;

export interface SiteDoorDependencies {
  sites: Pick<Sites, 'standing' | 'disconnect'>;
  approvals: Pick<Approvals, 'ask' | 'cancel'>;
  requests: Pick<SiteRequests, 'connection' | 'expect'>;
  report: (error: unknown) => void;
}

/** Lets in the sites on the list, decodes what they ask, and hands it over. */
export function createSiteDoor(deps: SiteDoorDependencies): SiteDoor {
  const { sites, approvals, requests } = deps;

  /** Locked, Buckle itself does not know what the site was given. */
  const permissionsOf = async (origin: string): Promise<SiteReplies['permissions']> => {
    try {
      const { account, grants = [] } = (await requests.connection(origin)) ?? {};
      return { locked: false, ...(account === undefined ? {} : { account }), grants };
    } catch (error) {
      if (isAppError(error, 'LOCKED')) return { locked: true, grants: [] };
      throw error;
    }
  };

  const answer = async (asker: Asker, call: SiteCall): Promise<SiteReply> => {
    const { origin } = asker;
    requests.expect(origin);
    const standing = await sites.standing(origin);
    if (standing === 'none') throw new SiteRefusal('not-connected');
    const ask = decodeSiteCall(call);
    // A site that nobody has let in yet may ask for that, and for nothing else.
    const isOpen = ask.method === 'connect' || ask.method === 'cancel' || standing === 'connected';
    if (!isOpen) throw new SiteRefusal('not-connected');
    switch (ask.method) {
      case 'cancel':
        await approvals.cancel(asker, ask.params.id);
        return { ok: true, value: {} };
      case 'permissions':
        return { ok: true, value: await permissionsOf(origin) };
      case 'disconnect':
        await sites.disconnect(origin);
        return { ok: true, value: {} };
      default:
        return approvals.ask(asker, ask.id, ask);
    }
  };

  return async (asker, call) => {
    try {
      return await answer(asker, call);
    } catch (error) {
      const told = toSiteError(error);
      if (told.reason === 'internal') deps.report(error);
      return { ok: false, error: told };
    }
  };
}
