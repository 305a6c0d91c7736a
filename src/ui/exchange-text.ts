import type { ErrorData } from '../core/errors.ts';
import { type MessageKey, t } from './text.ts';

/** What each of the exchange's codes means and what to do about it. @see docs.backpack.exchange, `ApiErrorCode` */
const CODES: ReadonlyMap<string, MessageKey> = new Map([
  ['ACCOUNT_DEACTIVATED', 'exchangeAccountDeactivated'],
  ['ACCOUNT_LIQUIDATING', 'exchangeAccountLiquidating'],
  ['BORROW_LIMIT', 'exchangeBorrowLimit'],
  ['BORROW_REQUIRES_LEND_REDEEM', 'exchangeBorrowRequiresLendRedeem'],
  ['FORBIDDEN', 'exchangeForbidden'],
  ['INSUFFICIENT_FUNDS', 'exchangeInsufficientFunds'],
  ['INSUFFICIENT_MARGIN', 'exchangeInsufficientMargin'],
  ['INSUFFICIENT_SUPPLY', 'exchangeInsufficientSupply'],
  ['INVALID_ASSET', 'exchangeInvalidAsset'],
  ['INVALID_CLIENT_REQUEST', 'exchangeInvalidClientRequest'],
  ['INVALID_MARKET', 'exchangeInvalidMarket'],
  ['INVALID_ORDER', 'exchangeInvalidOrder'],
  ['INVALID_PRICE', 'exchangeInvalidPrice'],
  ['INVALID_POSITION_ID', 'exchangeInvalidPositionId'],
  ['INVALID_QUANTITY', 'exchangeInvalidQuantity'],
  ['INVALID_RANGE', 'exchangeInvalidRange'],
  ['INVALID_SIGNATURE', 'exchangeInvalidSignature'],
  ['INVALID_SOURCE', 'exchangeInvalidSource'],
  ['INVALID_SYMBOL', 'exchangeInvalidSymbol'],
  ['INVALID_TWO_FACTOR_CODE', 'exchangeInvalidTwoFactorCode'],
  ['LEND_LIMIT', 'exchangeLendLimit'],
  ['LEND_REQUIRES_BORROW_REPAY', 'exchangeLendRequiresBorrowRepay'],
  ['MAINTENANCE', 'exchangeMaintenance'],
  ['MAX_LEVERAGE_REACHED', 'exchangeMaxLeverageReached'],
  ['NOT_IMPLEMENTED', 'exchangeNotImplemented'],
  ['ORDER_LIMIT', 'exchangeOrderLimit'],
  ['POSITION_LIMIT', 'exchangePositionLimit'],
  ['PRECONDITION_FAILED', 'exchangePreconditionFailed'],
  ['RESOURCE_NOT_FOUND', 'exchangeResourceNotFound'],
  ['SERVER_ERROR', 'exchangeServerError'],
  ['TIMEOUT', 'exchangeTimeout'],
  ['TOO_EARLY', 'exchangeTooEarly'],
  ['TOO_MANY_REQUESTS', 'exchangeTooManyRequests'],
  ['TRADING_PAUSED', 'exchangeTradingPaused'],
  ['UNAUTHORIZED', 'exchangeUnauthorized'],
]);

/**
 * Words that have been seen and say more than the code beside them, which is the same for all that is wrong with a request,
 * or missing: what cannot be parsed is answered in plain text.
 */
const WORDS: readonly [RegExp, MessageKey][] = [
  [/^order not found/i, 'exchangeOrderNotFound'],
  [/^invalid (?:x-)?signature/i, 'exchangeInvalidSignature'],
  [/request has expired/i, 'exchangeExpired'],
  [/^(?:invalid market symbol|symbol not found)/i, 'exchangeInvalidSymbol'],
  [/decimal too long/i, 'exchangeDecimals'],
  [/too far from the last/i, 'exchangeInvalidPrice'],
  [/both triggerPrice and triggerQuantity/i, 'exchangeTriggerPair'],
  [/invalid address/i, 'exchangeInvalidAddress'],
  [/failed to parse|parse request payload error/i, 'exchangeUnparsable'],
];

/** What the status alone says, where there is no code. */
const STATUSES: ReadonlyMap<number, MessageKey> = new Map([
  [400, 'exchangeInvalidClientRequest'],
  [401, 'exchangeUnauthorized'],
  [403, 'exchangeForbidden'],
  [404, 'exchangeNoSuchPath'],
  [408, 'exchangeTimeout'],
  [409, 'exchangePreconditionFailed'],
  [429, 'exchangeTooManyRequests'],
  [503, 'exchangeMaintenance'],
  [504, 'exchangeTimeout'],
]);

/** Codes that say nothing by themselves. */
const VAGUE: ReadonlySet<string> = new Set(['', 'INVALID_CLIENT_REQUEST', 'INVALID_ORDER']);

function keyOf({ status, code, message }: ErrorData['EXCHANGE']): MessageKey {
  const seen = VAGUE.has(code) ? WORDS.find(([words]) => words.test(message.trim())) : undefined;
  if (seen) return seen[1];
  const known = CODES.get(code) ?? (code === '' ? STATUSES.get(status) : undefined);
  return known ?? (status >= 500 ? 'exchangeServerError' : 'exchangeRefused');
}

/** A refusal of the exchange as a sentence that says what to do, and its own words; its status where that is all there is. */
export function exchangeText(refusal: ErrorData['EXCHANGE']): string {
  const { status, code, message } = refusal;
  const sentence = t(keyOf(refusal));
  const words = message.trim() || code;
  if (code !== '') return `${sentence} ${t('exchangeSays', words)}`;
  return words === ''
    ? `${sentence} ${t('exchangeStatus', status)}`
    : `${sentence} ${t('exchangeSaysPlainly', words, status)}`;
}
