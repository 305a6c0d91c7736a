import type { OneParams } from '../../../messaging/shapes.ts';
import { type MessageKey, t } from '../../text.ts';

/** Known fields in the order in which a person reads them. */
const LABELS: ReadonlyMap<string, MessageKey> = new Map([
  ['symbol', 'asset'],
  ['quantity', 'quantity'],
  ['blockchain', 'network'],
  ['address', 'address'],
  ['autoBorrow', 'autoBorrow'],
  ['autoLendRedeem', 'autoLendRedeem'],
  ['clientId', 'clientId'],
]);

/** Every member of a withdrawal. One without words shows under its own name: nothing that is signed is left out. */
export function fieldsOf(
  params: OneParams,
): readonly { key: string; label: string; value: string }[] {
  const known = [...LABELS.keys()].filter((key) => Object.hasOwn(params, key));
  const others = Object.keys(params).filter((key) => !LABELS.has(key));
  return [...known, ...others].map((key) => {
    const label = LABELS.get(key);
    const value = params[key] === true ? t('yes') : String(params[key]);
    return { key, label: label ? t(label) : key, value };
  });
}
