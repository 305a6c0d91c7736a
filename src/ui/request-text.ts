import { isList, listOf, type Params } from '../core/canonical.ts';
import { entryOf, isInstruction } from '../exchange/instructions/index.ts';
import { decodeParams } from '../exchange/schema.ts';
import type { RequestView } from '../messaging/requests.ts';
import { sentence, t } from './text.ts';

/** The request in one sentence: `Sell 1.5 SOL at 180 USDC`. The instruction's name if this version cannot read it. */
export function requestSentence({
  instruction,
  params,
}: Pick<RequestView, 'instruction' | 'params'>): string {
  if (!isInstruction(instruction)) return instruction;
  const { words, batch, params: schema } = entryOf(instruction);
  const list = listOf(params).map((each) => decodeParams(schema, withoutNull(each)));
  const [only] = list;
  if (isList(params) && batch) return sentence(batch.words(list));
  return only ? sentence(words(only)) : instruction;
}

const withoutNull = (params: Params): Params =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null));

/** That nobody knows what became of it: because of what happened, or because the exchange has no way to tell. */
export function unknownText(view: Pick<RequestView, 'instruction' | 'params'>): string {
  const { instruction } = view;
  const cannot = isInstruction(instruction) && entryOf(instruction).outcome === 'cannot';
  return t(cannot ? 'noticeCannot' : 'noticeUnknown', requestSentence(view));
}
