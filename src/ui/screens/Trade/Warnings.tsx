import type { Severity, Warning } from '../../../policy/warnings.ts';
import { Notice } from '../../components/Notice.tsx';
import { grouped } from '../../format.ts';
import { t } from '../../text.ts';

const FAR = {
  mark: { above: 'warnAboveMark', below: 'warnBelowMark' },
  last: { above: 'warnAboveLast', below: 'warnBelowLast' },
} as const;

function words(warning: Warning): string {
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

const KINDS = { severe: 'error', warn: 'warn', info: 'info' } as const satisfies Record<
  Severity,
  string
>;

/** What is remarkable about an order, the worst first, each with its number. */
export function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  if (warnings.length === 0) return null;
  return (
    <section class="warnings" aria-label={t('warnings')}>
      {warnings.map((warning) => (
        <Notice key={warning.code} kind={KINDS[warning.severity]}>
          {words(warning)}
        </Notice>
      ))}
    </section>
  );
}
