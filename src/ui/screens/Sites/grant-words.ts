import type { Grant, OrderKind } from '../../../policy/grant.ts';
import { grouped } from '../../format.ts';
import { plural, t } from '../../text.ts';

const KINDS = {
  limit: 'grantWordsLimit',
  market: 'grantWordsMarket',
  cancel: 'grantWordsCancel',
} as const satisfies Record<OrderKind, string>;

/** So many markets are named; of more, how many there are. */
const NAMED = 3;

function marketsText(markets: Grant['markets']): string {
  if (markets === 'all') return t('grantWordsEvery');
  return markets.length <= NAMED ? markets.join(', ') : plural('grantWordsMarkets', markets.length);
}

/** What a grant lets through, a line each: `Limit orders, cancels in SOL_USDC`. */
export function grantWords(grant: Grant): readonly string[] {
  const trades = grant.scopes.includes('trade');
  const kinds = grant.kinds.map((kind) => t(KINDS[kind])).join(', ');
  return [
    ...(grant.scopes.includes('read') ? [t('grantWordsRead')] : []),
    ...(trades ? [t('grantWordsTrade', kinds, marketsText(grant.markets))] : []),
    ...(trades && grant.reduceOnly ? [t('grantReduceOnly')] : []),
    ...(trades && grant.maxOrder ? [t('grantWordsOrder', grouped(grant.maxOrder))] : []),
  ];
}
