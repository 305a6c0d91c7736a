import type { TransferWarning } from '../../../policy/transfer-warnings.ts';
import { Notice } from '../../components/Notice.tsx';
import { t } from '../../text.ts';
import { transferWarningText } from '../../transfer-warning-text.ts';
import { KINDS } from './severity.ts';

/** What is remarkable about a withdrawal, the worst first. */
export function WithdrawalWarnings({ warnings }: { warnings: readonly TransferWarning[] }) {
  if (warnings.length === 0) return null;
  return (
    <section class="warnings" aria-label={t('warnings')}>
      {warnings.map((warning) => (
        <Notice key={transferWarningText(warning)} kind={KINDS[warning.severity]}>
          {transferWarningText(warning)}
        </Notice>
      ))}
    </section>
  );
}
