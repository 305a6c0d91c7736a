import { canonicalRequest, isList } from '../../core/canonical.ts';
import type { Phrase, Scope } from '../../exchange/instructions/entry.ts';
import { plainPhrase } from '../../messaging/phrase.ts';
import type { AnyPrepared } from '../../messaging/requests.ts';
import { given } from '../records/journal-entry.ts';
import type { Actor } from './admission.ts';
import type { ClientIds } from './client-ids.ts';
import { anyRequest, changingRequest, digestOf, pathOf, type ValidRequest } from './request.ts';

export interface PrepareDependencies {
  /** @throws LOCKED, or INVALID_INPUT if there is no such account. */
  actor: (account: string) => Promise<Actor>;
  /** @throws INVALID_INPUT naming the field. */
  checkRules: (request: ValidRequest) => Promise<void>;
  clientIds: Pick<ClientIds, 'complete'>;
  randomId: () => string;
  /** Validity of a request in ms. */
  window: () => Promise<number>;
}

/** What somebody asks for, before anything of it is checked. */
export interface Wish {
  account: string;
  instruction: string;
  params: unknown;
}

/**
 * Validates and completes a request for the review. Signs and stores nothing.
 * @param reads - whether it may be a read: Buckle's own pages review nothing but changes.
 * @throws INVALID_INPUT naming the field; LOCKED
 */
export type Prepare = (wish: Wish, options?: { reads: boolean }) => Promise<AnyPrepared>;

export function createPrepare(deps: PrepareDependencies): Prepare {
  return async (wish, { reads } = { reads: false }) => {
    const { account } = wish;
    const checked = reads ? anyRequest : changingRequest;
    const valid: ValidRequest = checked(wish.instruction, wish.params);
    const request = await deps.clientIds.complete(account, valid);
    const { identity, label } = await deps.actor(account);
    await deps.checkRules(request);
    const { instruction, params, entry } = request;
    const { method, scope } = entry;
    return {
      ...{ id: deps.randomId(), account, apiKey: identity.apiKey, label },
      ...{ instruction, method, path: pathOf(request) },
      params: given(params),
      window: await deps.window(),
      canonical: canonicalRequest(instruction, params),
      digest: await digestOf(account, request),
      phrase: plainPhrase(phraseOf(request)),
      needsPassword: needsPassword(scope),
    };
  };
}

function phraseOf({ entry, params, instruction }: ValidRequest): Phrase {
  if (!isList(params)) return entry.words(params);
  return entry.batch?.words(params) ?? { key: instruction, values: [] };
}

/** What cannot be taken back is confirmed with the password, each time. */
export const needsPassword = (scope: Scope): boolean => scope === 'withdraw' || scope === 'account';
