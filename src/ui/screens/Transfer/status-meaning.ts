import type { Transfer } from '../../state/transfers.ts';
import { type MessageKey, t } from '../../text.ts';
import { needsOwner } from '../history/transfer-status.ts';

const MEANINGS: Record<Transfer['kind'], ReadonlyMap<string, MessageKey>> = {
  withdrawal: new Map([
    ['pending', 'withdrawalPendingMeaning'],
    ['recipientInformationProvided', 'transferReviewMeaning'],
    ['verifying', 'transferReviewMeaning'],
    ['void', 'transferVoidMeaning'],
  ]),
  deposit: new Map([
    ['pending', 'depositPendingMeaning'],
    ['senderVerificationCompleted', 'transferReviewMeaning'],
  ]),
};

/** Statuses that say all by their name. */
const PLAIN: ReadonlySet<string> = new Set([
  'confirmed',
  'initiated',
  'cancelled',
  'declined',
  'expired',
  'refunded',
]);

/** What a status means for the person, where there is something to say. */
export function statusMeaning({
  kind,
  status,
}: Pick<Transfer, 'kind' | 'status'>): string | undefined {
  if (needsOwner(status)) return t('transferNeedsOwner');
  const key = MEANINGS[kind].get(status);
  if (key) return t(key);
  return PLAIN.has(status) ? undefined : t('transferUnknownMeaning', status);
}
