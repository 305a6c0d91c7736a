import type { Warning } from '../policy/warnings.ts';
import { grouped } from './format.ts';
import { t } from './text.ts';

const FAR = {
  mark: { above: 'warnAboveMark', below: 'warnBelowMark' },
  last: { above: 'warnAboveLast', below: 'warnBelowLast' },
} as const;

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
    case 'no-reference':
      return t('warnNoReference');
    case 'reduce-only-no-position':
      return t('warnNoPosition');
    case 'reduce-only-grows':
      return t('warnGrows', warning.position);
  }
}
