import { type MessageKey, t } from '../../text.ts';

const STATUS: ReadonlyMap<string, MessageKey> = new Map([
  ['New', 'statusNew'],
  ['PartiallyFilled', 'statusPartlyFilled'],
  ['Filled', 'statusFilled'],
  ['Cancelled', 'statusCancelled'],
  ['Expired', 'statusExpired'],
  ['TriggerPending', 'statusTriggerPending'],
  ['TriggerFailed', 'statusTriggerFailed'],
]);

/** An order's status in words; one that is new to us in the exchange's own. */
export function statusText(status: string): string {
  const key = STATUS.get(status);
  return key ? t(key) : status;
}
