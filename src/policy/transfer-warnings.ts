import { assertDecimal, compare, type Decimal, divide, isZero, multiply } from '../core/decimal.ts';
import { type AddressHint, checkAddress, sameAddress, similarity } from './addresses.ts';
import type { Severity } from './warnings.ts';

/** An address that money was sent to before, or that the person keeps. `label` where it has a name. */
export interface KnownAddress {
  address: string;
  /** By the exchange's name. */
  blockchain: string;
  label?: string | undefined;
}

export interface Withdrawing {
  symbol: string;
  blockchain: string;
  address: string;
  quantity: Decimal;
}

/** What is known around a withdrawal. Absent means not known, and what is not known is not warned about. */
export interface WithdrawalContext {
  /** The address book, and the addresses of earlier withdrawals, as far as they are known. */
  known: readonly KnownAddress[];
  /** `known` holds all there is: what is not in it is new. */
  isComplete: boolean;
  /** Deposit addresses of this account. */
  own?: readonly KnownAddress[] | undefined;
  /** How much of the asset can be spent. */
  available?: Decimal | undefined;
  /** The network's fee. */
  fee?: Decimal | undefined;
}

/** What is remarkable about a withdrawal, as data; the words are in `_locales`. */
export type TransferWarning =
  /** R29: another address, alike at both ends. `first` and `last`: how many characters agree there. */
  | {
      code: 'look-alike';
      severity: 'severe';
      known: string;
      label: string | undefined;
      first: number;
      last: number;
    }
  | { code: 'own-other-chain'; severity: 'severe'; blockchain: string }
  | { code: 'own-address'; severity: 'warn' }
  | { code: 'other-chain'; severity: 'warn'; blockchain: string; label: string | undefined }
  | { code: 'first-time'; severity: 'warn' }
  | { code: 'most-of-balance'; severity: 'warn'; percent: Decimal }
  | { code: 'fee-heavy'; severity: 'warn'; percent: Decimal }
  | { code: 'unchecked'; severity: 'warn' }
  | { code: 'not-compared'; severity: 'warn' }
  | { code: AddressHint; severity: Severity };

const HUNDRED = assertDecimal('100');
const MOST_PERCENT = assertDecimal('90');
const FEE_PERCENT = assertDecimal('10');

const isOn = (blockchain: string, other: string): boolean =>
  blockchain.toLowerCase() === other.toLowerCase();

/** `part` of `whole` in percent, cut to one decimal. `undefined` of nothing. */
const share = (part: Decimal, whole: Decimal): Decimal | undefined =>
  isZero(whole) ? undefined : divide(multiply(part, HUNDRED), whole, 1);

const HINTS: Record<AddressHint, Severity> = {
  unassigned: 'severe',
  'also-bitcoin': 'warn',
  'one-case': 'warn',
  short: 'info',
};

const isKnown = ({ address, blockchain }: Withdrawing, known: readonly KnownAddress[]): boolean =>
  known.some((each) => sameAddress(each.address, address) && isOn(each.blockchain, blockchain));

function aboutText(
  withdrawing: Withdrawing,
  known: readonly KnownAddress[],
): (TransferWarning | undefined)[] {
  const check = checkAddress(withdrawing.blockchain, withdrawing.address);
  if (!check.ok) return [];
  const hint = check.hint && { code: check.hint, severity: HINTS[check.hint] };
  // What was used before has no slip of the finger in it. In one case, the missing checksum has its own word.
  const mistypable = check.kind === 'unchecked' && !isKnown(withdrawing, known);
  if (check.hint === 'one-case') return [mistypable ? hint : undefined];
  return [hint, mistypable ? { code: 'unchecked', severity: 'warn' } : undefined];
}

function aboutKnown(
  withdrawing: Withdrawing,
  { known, isComplete }: WithdrawalContext,
): (TransferWarning | undefined)[] {
  const { address } = withdrawing;
  const alike = similarity(
    address,
    known.map((each) => each.address),
  ).map((found): TransferWarning => {
    const label = known.find((each) => each.address === found.known)?.label;
    return { code: 'look-alike', severity: 'severe', ...found, label };
  });
  const same = known.filter((each) => sameAddress(each.address, address));
  const [elsewhere] = isKnown(withdrawing, known) ? [] : same;
  return [
    ...alike,
    elsewhere && {
      code: 'other-chain',
      severity: 'warn',
      blockchain: elsewhere.blockchain,
      label: elsewhere.label,
    },
    same.length === 0
      ? { code: isComplete ? 'first-time' : 'not-compared', severity: 'warn' }
      : undefined,
  ];
}

/** Money that is sent to a deposit address of one's own comes back on its own chain, and may be lost on another. */
function aboutOwn(
  { address, blockchain }: Withdrawing,
  own: readonly KnownAddress[] = [],
): TransferWarning | undefined {
  const same = own.filter((each) => sameAddress(each.address, address));
  const [first] = same;
  if (!first) return undefined;
  return same.some((each) => isOn(each.blockchain, blockchain))
    ? { code: 'own-address', severity: 'warn' }
    : { code: 'own-other-chain', severity: 'severe', blockchain: first.blockchain };
}

function aboutAmount(
  { quantity }: Withdrawing,
  { available, fee }: WithdrawalContext,
): (TransferWarning | undefined)[] {
  const ofBalance = available && share(quantity, available);
  const ofQuantity = fee && share(fee, quantity);
  return [
    ofBalance !== undefined && compare(ofBalance, MOST_PERCENT) >= 0
      ? { code: 'most-of-balance', severity: 'warn', percent: ofBalance }
      : undefined,
    ofQuantity !== undefined && compare(ofQuantity, FEE_PERCENT) >= 0
      ? { code: 'fee-heavy', severity: 'warn', percent: ofQuantity }
      : undefined,
  ];
}

const ORDER: readonly Severity[] = ['severe', 'warn', 'info'];

/** Everything remarkable about a withdrawal, the worst first. */
export function withdrawalWarnings(
  withdrawing: Withdrawing,
  context: WithdrawalContext,
): readonly TransferWarning[] {
  return [
    ...aboutKnown(withdrawing, context),
    aboutOwn(withdrawing, context.own),
    ...aboutText(withdrawing, context.known),
    ...aboutAmount(withdrawing, context),
  ]
    .filter((warning) => warning !== undefined)
    .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

/** A slip that is almost sure is confirmed by holding the button, not by a press. */
export const isSevere = (warnings: readonly { severity: Severity }[]): boolean =>
  warnings.some(({ severity }) => severity === 'severe');
