import type { Warning } from '../../../policy/warnings.ts';
import { Notice } from '../../components/Notice.tsx';
import { t } from '../../text.ts';
import { warningText } from '../../warning-text.ts';
import { KINDS } from '../common/severity.ts';

/** What is remarkable about an order, the worst first, each with its number. */
export function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  if (warnings.length === 0) return null;
  return (
    <section class="warnings" aria-label={t('warnings')}>
      {warnings.map((warning) => (
        <Notice key={warningText(warning)} kind={KINDS[warning.severity]}>
          {warningText(warning)}
        </Notice>
      ))}
    </section>
  );
}
