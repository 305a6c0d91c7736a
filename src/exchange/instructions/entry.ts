import * as v from 'valibot';
import type { Params } from '../../core/canonical.ts';

/**
 * What an instruction lets its caller do. `account` changes how the account is run or ties its money up; that and `withdraw`
 * are confirmed with the password, each time, and can be granted to nobody. `internal` ones are for Buckle alone.
 */
export type Scope = 'read' | 'trade' | 'withdraw' | 'account' | 'internal';

/** How it can be found out what became of a request whose answer was lost. */
export type OutcomeBy = 'byClientId' | 'byState' | 'cannot';

/** A sentence as a key of `_locales` and what goes into its placeholders, in order. */
export interface Phrase {
  key: string;
  values: readonly string[];
  /** What is ordered along with it, such as a stop loss: said after it, in the same sentence. */
  more?: readonly { key: string; values: readonly string[] }[];
}

/** The one entry of an authenticated instruction. Signer, client, permission check, screens and docs all read it. */
export interface Entry<
  P extends v.GenericSchema<unknown, Params> = v.GenericSchema<unknown, Params>,
  A extends v.GenericSchema = v.GenericSchema,
  S extends Scope = Scope,
> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** GET puts the params into the query, the rest into a JSON body. */
  readonly params: P;
  readonly answer: A;
  readonly scope: S;
  /** For what changes something; absent for reads. */
  readonly outcome?: OutcomeBy;
  /** The same instruction for a list of params. `limit`: how many at most. */
  readonly batch?: {
    readonly path: string;
    readonly limit: number;
    readonly answer: v.GenericSchema;
    /** All of it in one sentence. */
    words(list: readonly Params[]): Phrase;
  };
  /** The answer comes in pages described by `X-PAGE` headers. */
  readonly paged?: true;
  /** The request in one sentence. */
  words(params: v.InferOutput<P>): Phrase;
}

/** The answer without a body: taken. Whether it is done, the account's state tells. */
export const nothing = v.undefined();

/** Keeps the entry's own schema types while checking its shape. */
export const entry = <
  P extends v.GenericSchema<unknown, Params>,
  A extends v.GenericSchema,
  S extends Scope,
>(
  definition: Entry<P, A, S>,
): Entry<P, A, S> => definition;
