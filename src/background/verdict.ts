import * as v from 'valibot';
import type { Params } from '../core/canonical.ts';
import { toWireError } from '../core/errors.ts';
import { isCertainRefusal, parsedContent, type RawAnswer, refusal } from '../exchange/answer.ts';
import { type Order, order, orders } from '../exchange/types.ts';
import { type JournalEntry, orderFacts } from './journal.ts';
import { isAsked, isNamed } from './outcome.ts';
import type { ChangingRequest } from './request.ts';

/** What the exchange's answer proves about the request. */
export function verdictOf(request: ChangingRequest, raw: RawAnswer): Partial<JournalEntry> {
  if (isCertainRefusal(raw)) {
    return { state: 'refused', outcome: 'refused', error: toWireError(refusal(raw)) };
  }
  const content = parsedContent(raw);
  const answer = v.safeParse(request.entry.answer, content);
  const isOk = raw.status >= 200 && raw.status <= 299;
  // Nothing at all may be an answer; words that are not JSON are somebody else's.
  const isReadable = content !== undefined || raw.text === '';
  if (!isOk || !isReadable || !answer.success) return { state: 'unknown' };
  // 202, and an answer without a body: taken, not known to be done.
  if (raw.status === 202 || answer.output === undefined) {
    return { state: 'answered', outcome: 'pending' };
  }
  if (!isAnswerTo(request, answer.output)) return { state: 'unknown' };
  const found = v.safeParse(order, answer.output);
  return {
    state: 'answered',
    outcome: request.entry.outcome === 'byClientId' ? 'placed' : 'done',
    ...(found.success ? orderFacts(found.output) : {}),
  };
}

/** Does the answer speak of the very order, or the market, that was asked about? Else it proves nothing about the request. */
function isAnswerTo({ instruction, params }: ChangingRequest, content: unknown): boolean {
  const list = v.safeParse(orders, Array.isArray(content) ? content : [content]);
  if (!list.success) return false;
  const matches = {
    orderExecute: isAsked,
    orderCancel: isNamed,
    orderCancelAll: isIn,
  }[instruction];
  return list.output.every((each) => matches(params, each));
}

const isIn = ({ symbol }: Params, each: Order): boolean => each.symbol === symbol;
