import * as v from 'valibot';
import type { WireError } from '../core/errors.ts';
import { entryOf, instructions, isInstruction } from '../exchange/instructions/index.ts';
import { orderParams } from '../exchange/instructions/orders.ts';
import { decodeParams } from '../exchange/schema.ts';
import type { HistoricOrder, Order } from '../exchange/types.ts';
import type { RequestView } from '../messaging/requests.ts';
import { errorText } from './error-text.ts';
import type { Fate } from './state/fate.ts';
import { type MessageKey, sentence, t } from './text.ts';

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

/** An order of a list in one sentence, as when it was placed. Its market alone if it is of a kind we have no words for. */
export function orderSentence(order: Order | HistoricOrder): string {
  const { symbol, side, orderType, price, quantity, quoteQuantity } = order;
  const { triggerPrice, triggerQuantity } = order;
  const size =
    triggerPrice == null ? { quantity, quoteQuantity } : { triggerPrice, triggerQuantity };
  const limited = orderType === 'Limit' ? { price } : {};
  const members = Object.entries({ symbol, side, orderType, ...limited, ...size });
  // An answered market order carries both sizes: the quantity is the one to name.
  const given = members.filter(
    ([key, value]) => value != null && !(key === 'quoteQuantity' && quantity != null),
  );
  const params = v.safeParse(orderParams, Object.fromEntries(given));
  return params.success ? sentence(instructions.orderExecute.words(params.output)) : symbol;
}

/** Why something did not happen, in words, as far as anybody has said. */
export const reasonText = (error: WireError | undefined): string =>
  error ? errorText(error) : t('noReason');

const FATES: Record<Fate, MessageKey> = {
  sending: 'fateSending',
  checking: 'fateChecking',
  placed: 'fatePlaced',
  done: 'fateDone',
  pending: 'fatePending',
  refused: 'fateRefused',
  absent: 'fateAbsent',
  notSent: 'fateNotSent',
  unknown: 'fateUnknown',
};

/** What became of it, in a word or two. */
export const fateText = (fate: Fate): string => t(FATES[fate]);
