import * as v from 'valibot';
import { isList, type Params } from '../../core/canonical.ts';
import { toWireError } from '../../core/errors.ts';
import { isCertainRefusal, parsedContent, type RawAnswer, refusal } from '../../exchange/answer.ts';
import { quote, type Rfq, rfq } from '../../exchange/answers/rfq.ts';
import { strategies, strategy } from '../../exchange/answers/strategies.ts';
import type { ChangingInstruction } from '../../exchange/instructions/index.ts';
import { withdrawal } from '../../exchange/transfer-types.ts';
import { order, orders } from '../../exchange/types.ts';
import { isAsked, isNamed, isOver } from '../outcome/orders.ts';
import { isAskedQuote, isAskedRfq, isNamedRfq } from '../outcome/rfq.ts';
import { isAskedStrategy, isNamedStrategy } from '../outcome/strategies.ts';
import { isAskedWithdrawal } from '../outcome/withdrawals.ts';
import { type JournalEntry, orderFacts } from '../records/journal-entry.ts';
import type { ChangingRequest, OneRequest } from './request.ts';
import { batchVerdict } from './verdict-batch.ts';

/** What the exchange's answer proves about the request. */
export function verdictOf(request: ChangingRequest, raw: RawAnswer): Partial<JournalEntry> {
  if (isCertainRefusal(raw)) {
    return { state: 'refused', outcome: 'refused', error: toWireError(refusal(raw)) };
  }
  return { ...(raw.status === 202 ? { taken: true } : {}), ...contentVerdict(request, raw) };
}

function contentVerdict(request: ChangingRequest, raw: RawAnswer): Partial<JournalEntry> {
  const content = parsedContent(raw);
  const { params } = request;
  const isOk = raw.status >= 200 && raw.status <= 299;
  if (isList(params)) return isOk ? batchVerdict(params, content) : { state: 'unknown' };
  const answer = v.safeParse(request.entry.answer, content);
  // Nothing at all may be an answer; words that are not JSON are somebody else's.
  const isReadable = content !== undefined || raw.text === '';
  if (!isOk || !isReadable || !answer.success) return { state: 'unknown' };
  // 202, and an answer without a body: taken, not known to be done.
  if (raw.status === 202 || answer.output === undefined) {
    return { state: 'answered', outcome: 'pending' };
  }
  const facts = factsOf[request.instruction]({ ...request, params }, answer.output);
  if (facts === undefined) return { state: 'unknown' };
  return {
    state: 'answered',
    outcome: request.entry.outcome === 'byClientId' ? 'placed' : 'done',
    ...facts,
  };
}

type Facts = (request: OneRequest, content: unknown) => Partial<JournalEntry> | undefined;

/** One thing as answered, and what it tells; `undefined` if it is not the one that was asked about. */
const one =
  <S extends v.GenericSchema>(
    schema: S,
    matches: (params: Params, each: v.InferOutput<S>) => boolean,
    factsOf: (each: v.InferOutput<S>) => Partial<JournalEntry>,
  ): Facts =>
  ({ params }, content) => {
    const found = v.safeParse(schema, content);
    return found.success && matches(params, found.output) ? factsOf(found.output) : undefined;
  };

const allOf =
  (schema: v.GenericSchema<unknown, { symbol: string }[]>): Facts =>
  ({ params }, content) => {
    const found = v.safeParse(schema, content);
    const isTrue = found.success && found.output.every(({ symbol }) => symbol === params.symbol);
    return isTrue ? {} : undefined;
  };

const noFacts = () => ({});
const isCancelled = ({ status }: Rfq): boolean => status === 'Cancelled';
const isFilled = ({ status }: Rfq): boolean => status === 'Filled';
const madeRfq = ({ rfqId }: Rfq) => ({ madeId: rfqId });
/** It has no answer but an empty one, which is looked into before it comes to this. */
const nothing: Facts = () => undefined;

/** What an answer tells, if it speaks of the very thing that was asked for. Else it proves nothing about the request. */
const factsOf: Readonly<Record<ChangingInstruction, Facts>> = {
  orderExecute: one(order, isAsked, orderFacts),
  // One that is still said to rest is not known to be cancelled.
  orderCancel: one(
    order,
    (params, each) => isNamed(params, each) && (isOver(each.status) || each.status === 'Filled'),
    orderFacts,
  ),
  orderCancelAll: allOf(orders),
  withdraw: one(withdrawal, isAskedWithdrawal, ({ id }) => ({ withdrawalId: id })),
  accountUpdate: nothing,
  convertDust: nothing,
  borrowLendExecute: nothing,
  rfqSubmit: one(rfq, isAskedRfq, madeRfq),
  rfqRefresh: one(rfq, isNamedRfq, noFacts),
  rfqCancel: one(rfq, (params, each) => isNamedRfq(params, each) && isCancelled(each), noFacts),
  // Accepted is not traded yet: only a filled request is the end of it.
  quoteAccept: one(rfq, (params, each) => isNamedRfq(params, each) && isFilled(each), noFacts),
  quoteSubmit: one(quote, isAskedQuote, ({ quoteId }) => ({ madeId: quoteId })),
  strategyCreate: one(strategy, isAskedStrategy, ({ id }) => ({ madeId: id })),
  strategyCancel: one(strategy, isNamedStrategy, noFacts),
  strategyCancelAll: allOf(strategies),
  vaultMint: nothing,
  vaultRedeemRequest: nothing,
  vaultRedeemCancel: nothing,
};
