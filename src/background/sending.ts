import { invalid } from '../core/errors.ts';
import type { Identity } from '../exchange/client.ts';
import type { Vault } from '../vault/vault.ts';
import type { Actor } from './corridor/admission.ts';
import { type Corridor, createCorridor } from './corridor/corridor.ts';
import { createDecider } from './corridor/decider.ts';
import { createPasswordCheck, type PasswordCheck } from './corridor/password-check.ts';
import { createRuleCheck } from './corridor/rule-check.ts';
import type { Network } from './network.ts';
import { createReconciler, type Reconciler } from './outcome/reconcile.ts';
import { createSiteCorridor, type SiteCorridor } from './pages/site-corridor.ts';
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

/** The way of every request, for a person and for sites. */
export interface Sending {
  corridor: Corridor;
  siteCorridor: SiteCorridor;
  reconciler: Reconciler;
  passwords: PasswordCheck;
  /** Signs as that account. @throws LOCKED, INVALID_INPUT if there is no such account */
  identity(account: string): Promise<Identity>;
}

export function createSending(deps: SendingDependencies): Sending {
  const { vault, now, sleep, window } = deps;
  const { exchange, marketData } = deps.network;
  const { journal, log, grants, siteList, siteRecords } = deps.records;

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
  const reconciler = createReconciler({
    journal,
    reads: async (id) => ({ exchange, identity: await identity(id), window: await window() }),
    sleep,
    isUnderWay: (id) => corridor.isUnderWay(id),
    busy: deps.busy,
  });
  const decider = createDecider({
    grants,
    bound: async (origin) =>
      (await siteList.isConnected(origin)) ? (await siteRecords.of(origin)).account : undefined,
    marketData,
    log,
    now,
  });
  const corridor = createCorridor({
    ...{ actor, decider, log, passwords, journal, exchange, now, sleep, window },
    checkRules: createRuleCheck(marketData),
    randomId: () => crypto.randomUUID(),
    randomU32: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    lost: (entry) => reconciler.track(entry),
  });
  const siteCorridor = createSiteCorridor({
    ...{ corridor, decider, log, exchange, actor, now, window },
  });
  return { corridor, siteCorridor, reconciler, passwords, identity };
}
