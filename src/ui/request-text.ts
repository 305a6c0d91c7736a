import { entryOf, isInstruction } from '../exchange/instructions/index.ts';
import { decodeParams } from '../exchange/schema.ts';
import type { RequestView } from '../messaging/requests.ts';
import { sentence } from './text.ts';

/** The request in one sentence: `Sell 1.5 SOL at 180 USDC`. The instruction's name if this version cannot read it. */
export function requestSentence({
  instruction,
  params,
}: Pick<RequestView, 'instruction' | 'params'>): string {
  if (!isInstruction(instruction)) return instruction;
  const entry = entryOf(instruction);
  const present = Object.entries(params).filter(([, value]) => value !== null);
  return sentence(entry.words(decodeParams(entry.params, Object.fromEntries(present))));
}
