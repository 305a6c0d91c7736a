import { fateText, reasonText } from '../../fate-text.ts';
import type { CancelReport } from '../../state/orders.ts';
import { t } from '../../text.ts';

/** How a cancel stands: how far it has come, or why it did not work. */
export function cancelText({ fate, error }: CancelReport): string {
  switch (fate) {
    case 'sending':
      return t('cancelling');
    case 'done':
      return t('cancelled');
    case 'refused':
    case 'notSent':
      return t('notCancelled', reasonText(error));
    case 'absent':
      return t('cancelAbsent');
    default:
      return fateText(fate);
  }
}

/** Is there nothing left to wait for, so that it may be tried again? */
export const mayCancelAgain = (report: CancelReport | undefined): boolean =>
  report === undefined || !['sending', 'checking', 'pending', 'done'].includes(report.fate);
