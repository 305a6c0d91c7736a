import { errorText } from '../../error-text.ts';
import { reasonText } from '../../fate-text.ts';
import { fateOf, refusalOf } from '../../state/fate.ts';
import type { EditReport } from '../../state/order-edit.ts';
import { t } from '../../text.ts';

export interface EditWords {
  kind: 'info' | 'success' | 'warn' | 'error';
  text: string;
}

type Known = Extract<EditReport, { kind: 'known' }>;

/** The new order, once the old one is gone. */
function afterCancel({ order }: Known): EditWords {
  const reason = refusalOf(order);
  switch (fateOf(order)) {
    case 'placed':
      return { kind: 'success', text: t('editPlaced') };
    case 'refused':
      return { kind: 'error', text: t('editRefused', reasonText(reason)) };
    case 'absent':
      return { kind: 'warn', text: t('editAbsent') };
    case 'notSent':
      return { kind: 'warn', text: t('editNotSent', reasonText(reason)) };
    case 'unknown':
      return { kind: 'warn', text: t('editUnknown') };
    default:
      return { kind: 'info', text: t('editChecking') };
  }
}

/** What became of the order that was to follow, where it never left. */
function notSent({ cancel, order }: Known): EditWords {
  const reason = refusalOf(order);
  if (reason?.code === 'NOT_REPLACED' && reason.data.reason === 'filled') {
    return { kind: 'warn', text: t('editFilled') };
  }
  if (fateOf(cancel) === 'refused') {
    return { kind: 'error', text: t('editNotCancelled', reasonText(refusalOf(cancel))) };
  }
  return { kind: 'warn', text: reasonText(reason) };
}

/** What became of the two requests of an edit, told apart. */
export function editWords(report: EditReport): EditWords {
  if (report.kind === 'notSent') {
    return { kind: 'error', text: `${t('nothingWasSent')} ${errorText(report.error)}` };
  }
  if (report.kind === 'lost') return { kind: 'error', text: t('editLost') };
  if (fateOf(report.cancel) === 'done') return afterCancel(report);
  if (fateOf(report.order) === 'notSent') return notSent(report);
  // However the cancel was told of: the new order leaves only once the old one is gone.
  return fateOf(report.order) === 'sending'
    ? { kind: 'info', text: t('editCancelling') }
    : afterCancel(report);
}
