import { BECAUSE, type Because, type Refusal } from '../policy/decide.ts';
import { type MessageKey, t } from './text.ts';

/** Why a person is asked, in words. Every reason has its sentence, or this does not compile. */
const ASKED: Record<Because, MessageKey> = {
  'own-request': 'becauseOwnRequest',
  'never-granted': 'becauseNeverGranted',
  signature: 'becauseSignature',
  subscription: 'becauseSubscription',
  'no-grant': 'becauseNoGrant',
  expired: 'becauseExpired',
  scope: 'becauseScope',
  'order-kind': 'becauseOrderKind',
  market: 'becauseMarket',
  'reduce-only': 'becauseReduceOnly',
  'no-caps': 'becauseNoCaps',
  'market-kind': 'becauseMarketKind',
  'price-open': 'becausePriceOpen',
  'no-mark': 'becauseNoMark',
  'order-cap': 'becauseOrderCap',
  'minute-cap': 'becauseMinuteCap',
  'day-cap': 'becauseDayCap',
};

/** Why nobody is even asked. */
const REFUSED: Record<Refusal, MessageKey> = {
  internal: 'refusedInternal',
  'not-connected': 'refusedNotConnected',
  'other-account': 'refusedOtherAccount',
  'send-only': 'refusedSendOnly',
};

const isBecause = (code: string): code is Because => BECAUSE.some((each) => each === code);
const isRefusal = (code: string): code is Refusal => Object.hasOwn(REFUSED, code);

/** The sentence for a code of `decide`; `undefined` for one that this version does not know. */
export function decisionText(code: string): string | undefined {
  if (isBecause(code)) return t(ASKED[code]);
  return isRefusal(code) ? t(REFUSED[code]) : undefined;
}
