import { isList } from '../../core/canonical.ts';
import { entryOf } from '../../exchange/instructions/index.ts';
import { decodeParams } from '../../exchange/schema.ts';
import { plainPhrase } from '../../messaging/phrase.ts';
import type { AnyPrepared, Prepared } from '../../messaging/requests.ts';

/** Every order of every batch as a request of its own, for a person to read; a request that is no batch as it is. */
export const eachOf = (requests: readonly AnyPrepared[]): readonly Prepared[] =>
  requests.flatMap((request) => {
    const { id, instruction, params } = request;
    if (!isList(params)) return { ...request, params };
    const { words, params: schema } = entryOf(instruction);
    return params.map((each, index) => {
      const phrase = plainPhrase(words(decodeParams(schema, each)));
      return { ...request, id: `${id} ${index}`, params: each, phrase };
    });
  });
