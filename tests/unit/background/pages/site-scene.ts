import type { LogEntry } from '../../../../src/messaging/log.ts';
import type { AnyPrepared } from '../../../../src/messaging/requests.ts';
import type { Grant } from '../../../../src/policy/grant.ts';
import { createPracticeExchange, type PracticeExchange } from '../../../exchange/exchange.ts';
import { aGrant, ORIGIN } from '../../policy/grant-fixture.ts';
import {
  ACCOUNT,
  createDisk,
  createVirtualClock,
  identityOf,
  type Process,
  startProcess,
  type World,
} from '../world.ts';

/** Worth 75 USDC at a mark of 150. */
export const limit = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '90',
  quantity: '0.5',
};
export const WORTH = '75';

/** The corridor of a site that is connected, over the practice exchange. `process` is the worker that lives now. */
export interface SiteScene {
  world: World;
  practice: PracticeExchange;
  process: Process;
  bound: Map<string, string>;
  /** Texts that were signed, each with what the activity log held at that moment. */
  signed: { text: string; logged: number }[];
  /** The practice exchange's requests that change something. */
  changes(): ReturnType<PracticeExchange['requests']>;
  prepare(params?: unknown, instruction?: string): Promise<AnyPrepared>;
  /** The activity log, newest first. */
  entries(): Promise<readonly LogEntry[]>;
  /** Gives the site a grant for ten such orders, for an hour. */
  allow(change?: Partial<Grant>): Promise<Grant>;
}

export async function createSiteScene(): Promise<SiteScene> {
  const clock = createVirtualClock();
  const practice = createPracticeExchange({ seed: 5, now: clock.now });
  const identity = identityOf(5);
  practice.addAccount({
    apiKey: identity.apiKey,
    balances: { USDC: { available: '100000' }, SOL: { available: '10' } },
  });
  const bound = new Map([[ORIGIN, ACCOUNT]]);
  const signed: SiteScene['signed'] = [];
  const watched = {
    ...identity,
    sign: async (text: string) => {
      signed.push({ text, logged: (await scene.process.log.read({ limit: 1 })).total });
      return identity.sign(text);
    },
  };
  const world = { clock, practice, identity: watched, disk: await createDisk(), bound };
  const scene: SiteScene = {
    ...{ world, practice, bound, signed },
    process: startProcess(world),
    changes: () => practice.requests().filter(({ method }) => method !== 'GET'),
    prepare: (params = limit, instruction = 'orderExecute') =>
      scene.process.sites.prepare(ORIGIN, { account: ACCOUNT, instruction, params }),
    entries: async () => (await scene.process.log.read({ limit: 1000 })).entries,
    allow(change = {}) {
      const {
        id: _,
        origin: __,
        account: ___,
        createdAt: ____,
        ...terms
      } = aGrant({
        ...{ maxOrder: WORTH, maxDay: '750', expiresAt: clock.now() + 3_600_000 },
        ...change,
      });
      return scene.process.grants.save({ origin: ORIGIN, account: ACCOUNT, terms });
    },
  };
  return scene;
}
