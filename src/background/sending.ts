import { invalid } from '../core/errors.ts';
import type { Identity } from '../exchange/client.ts';
import { isRead } from '../exchange/instructions/index.ts';
import type { Vault } from '../vault/vault.ts';
import type { Changes } from './changes.ts';
import type { Actor } from './corridor/admission.ts';
import { createDecider } from './corridor/decider.ts';
import { createPasswordCheck, type PasswordCheck } from './corridor/password-check.ts';
import { createPrepare } from './corridor/prepare.ts';
import { type Later, later } from './later.ts';
import type { Network } from './network.ts';
import { createSiteCorridor, type SiteCorridor } from './pages/site-corridor.ts';
import type { Log } from './records/log.ts';
import type { Records } from './records.ts';
import type { SessionMemory } from './session-memory.ts';

export interface SendingDependencies {
  vault: Vault;
  network: Network;
  records: Records;
  memory: SessionMemory;
  /** Validity of a request in ms. */
  window: () => Promise<number>;
  /** Something is being looked for, or nothing any more. */
  busy: (looking: boolean) => void;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}

/** The way of every request, for a person and for sites. What only reads needs nothing of what changes something. */
export interface Sending {
  changes: Later<Changes>;
  siteCorridor: SiteCorridor;
  passwords: PasswordCheck;
  /** Signs as that account. @throws LOCKED, INVALID_INPUT if there is no such account */
  identity(account: string): Promise<Identity>;
}

export function createSending(deps: SendingDependencies): Sending {
  const { vault, now, sleep, window, busy } = deps;
  const { exchange, marketData } = deps.network;
  const { books, grants, siteList, siteRecords } = deps.records;
  const randomId = (): string => crypto.randomUUID();

  const actor = async (id: string): Promise<Actor> => {
    const found = (await vault.accounts()).find((each) => each.id === id);
    if (found === undefined) throw invalid('account', 'unknown-key');
    const { apiKey, label } = found;
    return { identity: { apiKey, sign: await vault.signerFor(id) }, label };
  };
  const identity = async (id: string): Promise<Identity> => (await actor(id)).identity;

  const passwords = createPasswordCheck({
    verify: (password) => vault.verifyPassword(password),
    memory: deps.memory.value('confirmed'),
    now,
  });
  const log: Pick<Log, 'append' | 'note'> = {
    append: async (draft) => (await books.get()).log.append(draft),
    note: async (draft) => (await books.get()).log.note(draft),
  };
  const decider = createDecider({
    grants,
    bound: async (origin) =>
      (await siteList.isConnected(origin)) ? (await siteRecords.of(origin)).account : undefined,
    ...{ marketData, log, now },
  });
  const changes = later(async () => {
    const [{ createChanges }, { journal }] = await Promise.all([
      import('./changes.ts'),
      books.get(),
    ]);
    return createChanges({
      ...{
        actor,
        decider,
        log,
        passwords,
        journal,
        exchange,
        marketData,
        now,
        sleep,
        window,
        busy,
      },
      reads: async (id) => ({ exchange, identity: await identity(id), window: await window() }),
    });
  });
  // A read has no client id of ours, and no rules of a market.
  const prepareRead = createPrepare({
    ...{ actor, window, randomId },
    clientIds: { complete: async (_, request) => request },
    checkRules: async () => undefined,
  });
  const siteCorridor = createSiteCorridor({
    corridor: {
      prepare: async (wish, options) =>
        isRead(wish.instruction)
          ? prepareRead(wish, options)
          : (await changes.get()).corridor.prepare(wish, options),
      pass: async (...given) => (await changes.get()).corridor.pass(...given),
    },
    ...{ decider, log, exchange, actor, now, window },
  });
  return { changes, siteCorridor, passwords, identity };
}
