import type * as v from 'valibot';
import { AppError } from '../../core/errors.ts';
import type {
  AnswerOf,
  instructions,
  ParamsOf,
  ReadInstruction,
} from '../../exchange/instructions/index.ts';
import { type PublicAnswer, type PublicName, publicData } from '../../exchange/public.ts';
import { decodeAnswer } from '../../exchange/schema.ts';
import type { WalletCall } from '../../messaging/client.ts';
import type { Known } from './remote.ts';

/** Reads of the exchange through the background, decoded here again: what crosses a boundary is not trusted. */
export interface Reads {
  /** @throws NETWORK, EXCHANGE, BAD_ANSWER. */
  market<N extends Exclude<PublicName, 'time'>>(
    name: N,
    params?: v.InferInput<(typeof publicData)[N]['params']>,
  ): Promise<Known<PublicAnswer<N>>>;
  /**
   * Of the selected account.
   * @param answer - What the table's entry has for it. Given here, so that what is read first needs no table.
   * @throws LOCKED if there is none, else as `market`.
   */
  account<I extends ReadInstruction>(
    instruction: I,
    params: ParamsOf<I>,
    answer: (typeof instructions)[I]['answer'],
  ): Promise<Known<AnswerOf<I>> & { total?: number }>;
}

/** The answer came from the background, which saw the exchange answer 200. */
const OK = 200;

/** Rows that are checked at a stretch: a list of thousands in one go would keep the page from answering. */
const AT_ONCE = 250;

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

/** As `decodeAnswer`; a long list is checked in parts, with room between them for what a person does. */
async function decodeInParts<S extends v.GenericSchema>(
  schema: S,
  answer: unknown,
): Promise<v.InferOutput<S>> {
  if (!Array.isArray(answer) || answer.length <= AT_ONCE) return decodeAnswer(schema, answer, OK);
  const rows: unknown[] = [];
  for (let from = 0; from < answer.length; from += AT_ONCE) {
    if (from > 0) await pause();
    const part: unknown = decodeAnswer(schema, answer.slice(from, from + AT_ONCE), OK);
    // A schema that passes a list for something else needs the list whole.
    if (!Array.isArray(part)) return decodeAnswer(schema, answer, OK);
    rows.push(...part);
  }
  return rows as v.InferOutput<S>;
}

type Given = Record<string, string | number | boolean>;

/** The members that are given: `undefined` does not cross to the background. */
export const withoutAbsent = (params: Readonly<Record<string, Given[string] | undefined>>): Given =>
  Object.fromEntries(
    Object.entries(params).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );

export function createReads(call: WalletCall, account: () => string | undefined): Reads {
  return {
    async market(name, params = {}) {
      const { at, answer } = await call('exchange.market', {
        name,
        params: withoutAbsent({ ...params }),
      });
      return { at, value: decodeAnswer(publicData[name].answer, answer, OK) };
    },
    async account(instruction, params, answer) {
      const id = account();
      if (id === undefined) throw new AppError('LOCKED', undefined);
      const reply = await call('exchange.read', {
        account: id,
        instruction,
        params: withoutAbsent(params),
      });
      const value = await decodeInParts(answer, reply.answer);
      return { at: reply.at, value, ...(reply.total === undefined ? {} : { total: reply.total }) };
    },
  };
}
