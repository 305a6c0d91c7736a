import { type MessageKey, t } from './text.ts';

/** Names that the rule would not say well. */
const LABELS: ReadonlyMap<string, MessageKey> = new Map([
  ['symbol', 'marketOrAsset'],
  ['quoteQuantity', 'quoteQuantity'],
  ['blockchain', 'network'],
  ['from', 'spanFrom'],
  ['to', 'spanTo'],
]);

/** Parts of names that are not words. */
const SHORT: ReadonlyMap<string, string> = new Map(
  ['RFQ', 'PnL', 'IMF', 'MMF', 'NAV', 'USDC', 'ADL'].map((word) => [word.toLowerCase(), word]),
);

/** A field of the exchange's as a label: `autoLendRedeem` is `Auto lend redeem`, `rfqId` is `RFQ id`. */
export function fieldLabel(name: string): string {
  const key = LABELS.get(name);
  if (key) return t(key);
  const words = name
    .split(/(?=[A-Z])|[._]/)
    .map((word) => SHORT.get(word.toLowerCase()) ?? word.toLowerCase())
    .join(' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

const VALUES: ReadonlyMap<string, MessageKey> = new Map([
  ['side Bid', 'buy'],
  ['side Ask', 'sell'],
  ['timeInForce GTC', 'goodTillCancelled'],
  ['timeInForce IOC', 'immediateOrCancel'],
  ['timeInForce FOK', 'fillOrKill'],
]);

/** A value of a field. Words of the exchange's stay as they are signed; where they need it, what they mean goes before them. */
export function valueText(name: string, value: string | number | boolean | null): string {
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  const key = VALUES.get(`${name} ${value}`);
  return key ? t('wordOfExchange', t(key), String(value)) : String(value);
}

const HINTS: ReadonlyMap<string, MessageKey> = new Map([
  ['from', 'hintUnixMs'],
  ['to', 'hintUnixMs'],
  ['duration', 'hintMs'],
  ['interval', 'hintMs'],
  ['sources', 'hintSources'],
  ['triggerQuantity', 'hintTriggerQuantity'],
  ['brokerId', 'hintBroker'],
]);

/** What helps to fill a field in, where its label does not say it. */
export const fieldHint = (name: string): string | undefined => {
  const key = HINTS.get(name);
  return key && t(key);
};
