import { assertDecimal, compare, type Decimal, decimalPlaces, isZero } from '../core/decimal.ts';
import type { Problem } from './bounds.ts';
import type { OrderParams } from './instructions/orders.ts';
import { isAtMarket, isStop, type OrderDraft, usualTrigger } from './order-draft.ts';
import { orderProblems } from './rules.ts';
import { given, onePerField, problemOf, type Typed, typed, typedIfAny } from './typed.ts';
import type { Market } from './types.ts';

export type Checked =
  | { ok: true; params: OrderParams }
  | { ok: false; problems: readonly Problem[] };

const HUNDRED = assertDecimal('100');
/** Digits after the point of a percentage, as the instruction takes them. */
const SHARE_PLACES = 8;
const LARGEST_CLIENT_ID = 4_294_967_295;

/** The members that are given. */
export const present = <T extends object>(members: T): T =>
  // Without its undefined members it is still the same type: they were optional.
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;

function percentProblem(path: string, value: Decimal | undefined): Problem | undefined {
  if (value === undefined) return undefined;
  if (isZero(value)) return { path, reason: 'minimum', limit: '0.01' };
  if (compare(value, HUNDRED) > 0) {
    return { path, reason: 'maximum', limit: HUNDRED, suggestions: [HUNDRED] };
  }
  return decimalPlaces(value) > SHARE_PLACES
    ? { path, reason: 'decimals', limit: String(SHARE_PLACES) }
    : undefined;
}

function clientIdOf(text: string): { value?: number; problem?: Problem } {
  const digits = text.trim();
  if (digits === '') return {};
  if (!/^\d+$/.test(digits)) return { problem: { path: 'clientId', reason: 'number-whole' } };
  const value = Number(digits);
  return value > LARGEST_CLIENT_ID
    ? { problem: { path: 'clientId', reason: 'maximum', limit: String(LARGEST_CLIENT_ID) } }
    : { value };
}

/** An attached order: its limit price alone fires never. */
const attachedTo = (text: string, limit: string, path: string): Typed | undefined =>
  limit.trim() === '' ? typedIfAny(text, path) : typed(text, path);

/**
 * A stop loss of a buy lies below its price, of a sale above: anywhere else it fires at once, however the market moves. With a
 * take profit the market's price decides, so that is for the review to say; but it never lies behind the stop loss.
 */
function sideProblems(params: OrderParams): (Problem | undefined)[] {
  const buys = params.side === 'Bid';
  const reason = buys ? 'not-below' : 'not-above';
  const stopLoss = asDecimal(params.stopLossTriggerPrice);
  const takeProfit = asDecimal(params.takeProfitTriggerPrice);
  const entry = asDecimal(params.price) ?? asDecimal(params.triggerPrice);
  const isWrong = (loss: Decimal, other: Decimal): boolean =>
    buys ? compare(loss, other) >= 0 : compare(loss, other) <= 0;
  return [
    stopLoss !== undefined && entry !== undefined && isWrong(stopLoss, entry)
      ? { path: 'stopLossTriggerPrice', reason, limit: entry }
      : undefined,
    stopLoss !== undefined && takeProfit !== undefined && isWrong(stopLoss, takeProfit)
      ? {
          path: 'takeProfitTriggerPrice',
          reason: buys ? 'not-above' : 'not-below',
          limit: stopLoss,
        }
      : undefined,
  ];
}

/** What has passed `typed` is one. */
const asDecimal = (value: string | undefined): Decimal | undefined =>
  value === undefined ? undefined : assertDecimal(value);

/** Where the size goes: a stop's is its `triggerQuantity`. */
function sized(
  { orderType, sizeIn }: OrderDraft,
  value: Decimal | undefined,
): Partial<OrderParams> {
  if (value === undefined) return {};
  if (isStop(orderType)) return { triggerQuantity: sizeIn === 'share' ? `${value}%` : value };
  return sizeIn === 'quote' ? { quoteQuantity: value } : { quantity: value };
}

/** Every size stands in one field. */
const SIZES: ReadonlySet<string> = new Set(['quoteQuantity', 'triggerQuantity']);
export const inItsField = <P extends { path: string }>(problem: P): P =>
  SIZES.has(problem.path) ? { ...problem, path: 'quantity' } : problem;

const flag = (on: boolean): true | undefined => (on ? true : undefined);

/** What every order of a form takes from it, whatever its type. */
export const commonOf = (draft: OrderDraft) => ({
  symbol: draft.symbol,
  side: draft.side,
  postOnly: flag(draft.postOnly),
  reduceOnly: flag(draft.reduceOnly),
  selfTradePrevention: draft.selfTradePrevention === '' ? undefined : draft.selfTradePrevention,
  autoBorrow: flag(draft.autoBorrow),
  autoBorrowRepay: flag(draft.autoBorrowRepay),
  autoLend: flag(draft.autoLend),
  autoLendRedeem: flag(draft.autoLendRedeem),
});

/**
 * A form's order, checked against its market: the params to send, amounts exactly as typed, or every problem at once, one
 * a field. For any type but a ladder, of a draft that holds only what is in sight.
 */
export function checkOrder(draft: OrderDraft, market: Market): Checked {
  const { orderType, sizeIn, slippageToleranceType } = draft;
  const atMarket = isAtMarket(orderType);
  const price = atMarket ? undefined : typed(draft.price, 'price');
  const quantity = typed(draft.quantity, 'quantity');
  const trigger = isStop(orderType) ? typed(draft.triggerPrice, 'triggerPrice') : undefined;
  const { stopLossLimitPrice, takeProfitLimitPrice } = draft;
  const stopLoss = attachedTo(
    draft.stopLossTriggerPrice,
    stopLossLimitPrice,
    'stopLossTriggerPrice',
  );
  const takeProfit = attachedTo(
    draft.takeProfitTriggerPrice,
    takeProfitLimitPrice,
    'takeProfitTriggerPrice',
  );
  const stopLossLimit = typedIfAny(stopLossLimitPrice, 'stopLossLimitPrice');
  const takeProfitLimit = typedIfAny(takeProfitLimitPrice, 'takeProfitLimitPrice');
  const slippage = typedIfAny(draft.slippageTolerance, 'slippageTolerance');
  const clientId = clientIdOf(draft.clientId);
  const by = (found: Typed | undefined, chosen: OrderDraft['triggerBy']) =>
    found && (chosen === '' ? usualTrigger(market) : chosen);

  const params: OrderParams = present({
    ...commonOf(draft),
    orderType: atMarket ? 'Market' : 'Limit',
    price: given(price),
    ...sized(draft, given(quantity)),
    // A market order never rests, so there is nothing for "good till cancelled" to say.
    timeInForce: atMarket && draft.timeInForce === 'GTC' ? undefined : draft.timeInForce,
    triggerPrice: given(trigger),
    triggerBy: by(trigger, draft.triggerBy),
    stopLossTriggerPrice: given(stopLoss),
    stopLossLimitPrice: given(stopLossLimit),
    stopLossTriggerBy: by(stopLoss, draft.stopLossTriggerBy),
    takeProfitTriggerPrice: given(takeProfit),
    takeProfitLimitPrice: given(takeProfitLimit),
    takeProfitTriggerBy: by(takeProfit, draft.takeProfitTriggerBy),
    slippageTolerance: given(slippage),
    slippageToleranceType: slippage && slippageToleranceType,
    clientId: clientId.value,
  });
  const found = [price, quantity, trigger, stopLoss, stopLossLimit, takeProfit, takeProfitLimit];
  const problems = onePerField([
    ...[...found, slippage].map(problemOf),
    clientId.problem,
    sizeIn === 'share' ? percentProblem('quantity', given(quantity)) : undefined,
    sizeIn === 'quote' && orderType !== 'Market'
      ? { path: 'quantity', reason: 'conflict' }
      : undefined,
    slippageToleranceType === 'Percent'
      ? percentProblem('slippageTolerance', given(slippage))
      : undefined,
    ...orderProblems(params, market).map(inItsField),
    ...sideProblems(params),
  ]);
  return problems.length === 0 ? { ok: true, params } : { ok: false, problems };
}
