import * as v from 'valibot';
import type { Params } from '../core/canonical.ts';
import { toWireError } from '../core/errors.ts';
import { isCertainRefusal, parsedContent, type RawAnswer, refusal } from '../exchange/answer.ts';
import type { ChangingInstruction } from '../exchange/instructions/index.ts';
import { withdrawal } from '../exchange/transfer-types.ts';
import { type Order, order, orders } from '../exchange/types.ts';
import { type JournalEntry, orderFacts } from './journal.ts';
import { isAsked, isNamed } from './outcome/orders.ts';
import { isAskedWithdrawal } from './outcome/withdrawals.ts';
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
  const facts = factsOf[request.instruction](request, answer.output);
  if (facts === undefined) return { state: 'unknown' };
  return {
    state: 'answered',
    outcome: request.entry.outcome === 'byClientId' ? 'placed' : 'done',
    ...facts,
  };
}

type Facts = (request: ChangingRequest, content: unknown) => Partial<JournalEntry> | undefined;

/** One order as answered; `undefined` if it is not the one that was asked about. */
const oneOrder =
  (matches: (params: Params, each: Order) => boolean): Facts =>
  ({ params }, content) => {
    const found = v.safeParse(order, content);
    return found.success && matches(params, found.output) ? orderFacts(found.output) : undefined;
  };

const allOrders: Facts = ({ params }, content) => {
  const found = v.safeParse(orders, content);
  const isTrue = found.success && found.output.every(({ symbol }) => symbol === params.symbol);
  return isTrue ? {} : undefined;
};

const withdrawn: Facts = ({ params }, content) => {
  const found = v.safeParse(withdrawal, content);
  const isTrue = found.success && isAskedWithdrawal(params, found.output);
  return isTrue ? { withdrawalId: found.output.id } : undefined;
};

/** What an answer tells, if it speaks of the very thing that was asked for. Else it proves nothing about the request. */
const factsOf: Readonly<Record<ChangingInstruction, Facts>> = {
  orderExecute: oneOrder(isAsked),
  orderCancel: oneOrder(isNamed),
  orderCancelAll: allOrders,
  withdraw: withdrawn,
};
