import { jsonDigest } from '../../core/bytes.ts';
import { canonicalRequest, isList, type Params, type RequestParams } from '../../core/canonical.ts';
import { AppError, invalid, within } from '../../core/errors.ts';
import type { Entry } from '../../exchange/instructions/entry.ts';
import {
  type ChangingInstruction,
  instructions,
  isChanging,
  isRead,
  type ReadInstruction,
} from '../../exchange/instructions/index.ts';
import { decodeParams } from '../../exchange/schema.ts';

/** A validated request. */
export interface ValidRequest {
  instruction: ReadInstruction | ChangingInstruction;
  entry: Entry;
  /** A list for a batch. */
  params: RequestParams;
}

/** A validated request that changes something. */
export interface ChangingRequest extends ValidRequest {
  instruction: ChangingInstruction;
}

/** One that is no batch. */
export interface OneRequest extends ChangingRequest {
  params: Params;
}

/**
 * Checks a request against its entry in the table, a batch order by order. Members that are `null` or absent are dropped, so that what is shown,
 * digested, signed and sent has the very same members.
 * @throws INVALID_INPUT naming the field.
 */
export function changingRequest(name: string, given: unknown): ChangingRequest {
  if (!isChanging(name)) throw invalid('instruction', 'unknown-key');
  return { instruction: name, ...valid(name, given) };
}

/** The same for one that may be a read. @throws INVALID_INPUT for what is Buckle's alone, as for what is unknown. */
export function anyRequest(name: string, given: unknown): ValidRequest {
  if (!isChanging(name) && !isRead(name)) throw invalid('instruction', 'unknown-key');
  return { instruction: name, ...valid(name, given) };
}

function valid(
  name: ValidRequest['instruction'],
  given: unknown,
): Omit<ValidRequest, 'instruction'> {
  const entry: Entry = instructions[name];
  const { batch } = entry;
  if (!Array.isArray(given) || batch === undefined) {
    return { entry, params: oneValid(name, entry, given) };
  }
  if (given.length === 0) throw invalid('params', 'required');
  if (given.length > batch.limit) throw invalid('params', 'maximum', String(batch.limit));
  const list = Array.from(given, (each: unknown, index) => {
    try {
      return oneValid(name, entry, each);
    } catch (error) {
      return within(`params.${index}`)(error);
    }
  });
  for (const [index, { clientId }] of list.entries()) {
    const first = list.findIndex((each) => each.clientId === clientId);
    if (clientId !== undefined && first !== index) {
      throw invalid(`params.${index}.clientId`, 'conflict');
    }
  }
  return { entry, params: list };
}

function oneValid(name: ValidRequest['instruction'], entry: Entry, given: unknown): Params {
  const params = decodeParams(entry.params, withoutAbsent(given));
  // Refuses here, before anything is shown, what the signed text could not carry.
  canonicalRequest(name, params);
  return params;
}

/** What its answer must look like. */
export const answerOf = ({ entry, params }: Pick<ValidRequest, 'entry' | 'params'>) =>
  (isList(params) ? entry.batch?.answer : undefined) ?? entry.answer;

/** Where it goes: a batch has a path of its own. */
export const pathOf = ({ entry, params }: Pick<ValidRequest, 'entry' | 'params'>): string =>
  (isList(params) ? entry.batch?.path : undefined) ?? entry.path;

function withoutAbsent(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  const present = Object.entries(given).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return Object.fromEntries(present);
}

/**
 * What a person's consent binds to: lower-case hex of SHA-256 over account, method, path, instruction and params. Keys are
 * sorted, so the order in which a caller wrote them does not matter; the order of a batch's orders does.
 */
export async function digestOf(account: string, request: ValidRequest): Promise<string> {
  const { instruction, entry, params } = request;
  const inOrder = (one: Params) => Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1));
  const sorted = isList(params) ? params.map(inOrder) : inOrder(params);
  return jsonDigest([account, entry.method, pathOf(request), instruction, sorted]);
}

/** @throws INVALID_INPUT digest-mismatch: what was confirmed is not what is asked to be signed. */
export function assertDigest(confirmed: string, actual: string): void {
  if (confirmed !== actual) {
    throw new AppError('INVALID_INPUT', { path: 'digest', reason: 'digest-mismatch' });
  }
}
