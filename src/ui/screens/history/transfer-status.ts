import { type MessageKey, t } from '../../text.ts';

const STATUS: ReadonlyMap<string, MessageKey> = new Map([
  ['cancelled', 'transferCancelled'],
  ['confirmed', 'transferConfirmed'],
  ['declined', 'transferDeclined'],
  ['expired', 'transferExpired'],
  ['initiated', 'transferInitiated'],
  ['ownershipVerificationRequired', 'transferOwnershipRequired'],
  ['pending', 'transferPending'],
  ['recipientInformationProvided', 'transferRecipientProvided'],
  ['recipientInformationRequired', 'transferRecipientRequired'],
  ['refunded', 'transferRefunded'],
  ['senderVerificationCompleted', 'transferSenderCompleted'],
  ['senderVerificationRequired', 'transferSenderRequired'],
  ['verifying', 'transferVerifying'],
  ['void', 'transferVoid'],
]);

/** It stands still until its owner has done something on the exchange's own site. */
export const needsOwner = (status: string): boolean => status.endsWith('Required');

/** A deposit's or a withdrawal's status in words; one that is new to us in the exchange's own. */
export function transferStatusText(status: string): string {
  const key = STATUS.get(status);
  return key ? t(key) : status;
}
