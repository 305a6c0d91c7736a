import type { Warning } from '../policy/warnings.ts';
import { grouped } from './format.ts';
import { t } from './text.ts';

const FAR = {
  mark: { above: 'warnAboveMark', below: 'warnBelowMark' },
  last: { above: 'warnAboveLast', below: 'warnBelowLast' },
  trigger: { above: 'warnAboveTrigger', below: 'warnBelowTrigger' },
} as const;
const TURNED = { Bid: 'warnTriggerTurnedBuy', Ask: 'warnTriggerTurnedSell' } as const;
const AT_ONCE = {
  'stop-loss': { Bid: 'warnStopLossOfBuy', Ask: 'warnStopLossOfSell' },
  'take-profit': { Bid: 'warnTakeProfitOfBuy', Ask: 'warnTakeProfitOfSell' },
} as const;
const STOP_LOSS_LIMIT = { Bid: 'warnStopLossLimitOfBuy', Ask: 'warnStopLossLimitOfSell' } as const;

/** What is remarkable about an order, in words, with its number. */
export function warningText(warning: Warning): string {
  switch (warning.code) {
    case 'far-from-mark':
      return t(
        FAR[warning.markBy][warning.direction],
        grouped(warning.percent),
        grouped(warning.mark),
      );
    case 'over-balance':
      return t(
        'warnOverBalance',
        grouped(warning.needed),
        grouped(warning.available),
        warning.asset,
      );
    case 'market-price-open':
      return t('warnMarketPrice', grouped(warning.estimate), warning.asset);
    case 'market-price-later':
      return t('warnMarketPriceLater', grouped(warning.estimate), warning.asset);
    case 'trigger-at-once':
      return t('warnTriggerAtOnce', grouped(warning.mark));
    case 'trigger-turned':
      return t(TURNED[warning.side], grouped(warning.mark));
    case 'attached-at-once':
      return t(AT_ONCE[warning.attached][warning.side], grouped(warning.entry));
    case 'stop-loss-limit':
      return t(STOP_LOSS_LIMIT[warning.side], grouped(warning.trigger));
    case 'no-reference':
      return t('warnNoReference');
    case 'reduce-only-no-position':
      return t('warnNoPosition');
    case 'reduce-only-grows':
      return t('warnGrows', warning.position);
  }
}
