import type { Account } from './accounts.ts';
import type { Amount } from './decimal.ts';
import type { Desks } from './desks.ts';
import type { Engine } from './engine.ts';
import type { PracticeResponse } from './exchange.ts';
import {
  parseJson,
  parseObject,
  parseQuery,
  type Read,
  type Shape,
  type SignedParams,
} from './params.ts';
import { unparsable } from './refusal.ts';
import type { Transfers } from './transfers.ts';
import type { TwoFactor } from './two-factor.ts';

/** What a handler may use besides its parameters. */
export interface World {
  readonly engine: Engine;
  readonly transfers: Transfers;
  readonly twoFactor: TwoFactor;
  readonly desks: Desks;
  markOf(symbol: string): Amount;
  /** Unix ms by the server's clock. */
  clock(): number;
  /** Unix ms in truth. */
  now(): number;
  /** Histories show what was true at this moment of true time or before. */
  historyEnd(): number;
}
export interface Call<P> {
  readonly params: P;
  readonly account: Account;
  readonly world: World;
}

interface Prepared {
  /** The parameters as signed, one set for each order of a batch. */
  readonly signed: readonly SignedParams[];
  answer(account: Account, world: World): PracticeResponse;
}
/** One line of the table that the exchange serves. Without an instruction it is public. */
export interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly instruction: string | undefined;
  /** @throws Refusal in plain text, as the exchange does for what it cannot parse. */
  prepare(query: URLSearchParams, body: string): Prepared;
}

interface Definition<S extends Shape, P> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly instruction?: string;
  /** Of the query for GET, of the JSON body otherwise; anything else in the request is refused. */
  readonly params: S;
  /** The name parse errors give to the body. */
  readonly payload?: string;
  handle(call: Call<P>): PracticeResponse;
}

/** Add an endpoint: its parameters reach the handler checked and typed. */
export function endpoint<const S extends Shape>(definition: Definition<S, Read<S>>): Endpoint {
  const { method, path, instruction, params: shape, payload = 'Payload', handle } = definition;
  return {
    method,
    path,
    instruction,
    prepare(query, body) {
      const fromQuery = method === 'GET';
      if (fromQuery && body !== '')
        throw unparsable('parse request payload error: unexpected body');
      const inQuery = parseQuery(fromQuery ? shape : {}, query);
      const { params, signed } = fromQuery
        ? parseQuery(shape, query)
        : parseObject(payload, shape, parseJson(body));
      return {
        signed: [fromQuery ? inQuery.signed : signed],
        answer: (account, world) => handle({ params, account, world }),
      };
    },
  };
}

/** Add an endpoint whose body is an array; each element is signed with the instruction before it. */
export function batchEndpoint<const S extends Shape>(
  definition: Definition<S, Read<S>[]> & { readonly payload: string; readonly most: number },
): Endpoint {
  const { method, path, instruction, params: shape, payload, most, handle } = definition;
  return {
    method,
    path,
    instruction,
    prepare(query, body) {
      parseQuery({}, query);
      const list = parseJson(body);
      if (!Array.isArray(list))
        throw unparsable(`parse request payload error: Expected input type "[${payload}]"`);
      if (list.length === 0 || list.length > most)
        throw unparsable(`parse request payload error: expected 1 to ${most} items`);
      const parsed = list.map((item: unknown) => parseObject(payload, shape, item));
      return {
        signed: parsed.map(({ signed }) => signed),
        answer: (account, world) =>
          handle({ params: parsed.map(({ params }) => params), account, world }),
      };
    },
  };
}

const BARE = '\u0000';
/** JSON in which a bigint is a number of as many digits as it takes. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? `${BARE}${inner}${BARE}` : inner,
  ).replaceAll(/"\\u0000(-?\d+)\\u0000"/g, '$1');

export const json = (value: unknown, headers?: Record<string, string>): PracticeResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: written(value),
});
/** Done, with nothing to say. */
export const empty: PracticeResponse = { status: 200, headers: {}, body: '' };
export const words = (body: string, status = 200): PracticeResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
});
