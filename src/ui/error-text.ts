import type { ErrorData, InvalidReason, NotReplaced, WireError } from '../core/errors.ts';
import { exchangeText } from './exchange-text.ts';
import { grouped } from './format.ts';
import { type MessageKey, t } from './text.ts';

/** A sentence for each reason an input is refused; $1 is the bound that was missed, where there is one. */
const REASONS: Record<InvalidReason, MessageKey> = {
  required: 'invalidRequired',
  'unknown-key': 'invalidUnknownKey',
  'wrong-type': 'invalidWrongType',
  character: 'invalidCharacter',
  'too-long': 'invalidTooLong',
  conflict: 'invalidConflict',
  'number-format': 'invalidNumberFormat',
  'number-exponent': 'invalidNumberExponent',
  'number-comma': 'invalidNumberComma',
  'number-sign': 'invalidNumberSign',
  'number-whole': 'invalidNumberWhole',
  'not-above': 'invalidNotAbove',
  'not-below': 'invalidNotBelow',
  decimals: 'invalidDecimals',
  tick: 'invalidTick',
  step: 'invalidStep',
  minimum: 'invalidMinimum',
  maximum: 'invalidMaximum',
  'market-closed': 'invalidMarketClosed',
  'market-unknown': 'invalidMarketUnknown',
  'asset-unknown': 'invalidAssetUnknown',
  'chain-unknown': 'invalidChainUnknown',
  'withdraw-disabled': 'invalidWithdrawDisabled',
  'address-format': 'invalidAddressFormat',
  'address-checksum': 'invalidAddressChecksum',
  'address-length': 'invalidAddressLength',
  'address-wrong-chain': 'invalidAddressWrongChain',
  'address-tag': 'invalidAddressTag',
  'address-spaces': 'invalidAddressSpaces',
  'address-testnet': 'invalidAddressTestnet',
  'address-known': 'invalidAddressKnown',
  'secret-alphabet': 'invalidSecretAlphabet',
  'secret-length': 'invalidSecretLength',
  'secret-halves': 'invalidSecretHalves',
  'api-key-format': 'invalidApiKeyFormat',
  'api-key-mismatch': 'invalidApiKeyMismatch',
  'account-exists': 'invalidAccountExists',
  'password-short': 'invalidPasswordShort',
  'password-mismatch': 'invalidPasswordMismatch',
  'backup-format': 'invalidBackupFormat',
  'backup-version': 'invalidBackupVersion',
  'backup-damaged': 'invalidBackupDamaged',
  'digest-mismatch': 'invalidDigestMismatch',
  'page-silent': 'invalidPageSilent',
  'client-id-open': 'invalidClientIdOpen',
};

const NETWORK_KINDS = {
  offline: 'errorOffline',
  timeout: 'errorTimeout',
  connection: 'errorConnection',
  forbidden: 'errorForbidden',
} as const satisfies Record<ErrorData['NETWORK']['kind'], MessageKey>;

function invalidText({ reason, limit }: ErrorData['INVALID_INPUT']): string {
  // Without a bound of its own an amount has only to be one.
  if (reason === 'minimum' && limit === undefined) return t('invalidZero');
  return t(REASONS[reason], grouped(limit ?? ''));
}

const NOT_REPLACED = {
  'not-cancelled': 'notReplacedNotCancelled',
  filled: 'notReplacedFilled',
  unknown: 'notReplacedUnknown',
  executed: 'notReplacedExecuted',
  interrupted: 'notReplacedInterrupted',
} as const satisfies Record<NotReplaced, MessageKey>;

/** What went wrong and what to do about it, in words. Every code has its sentence, or this does not compile. */
export function errorText(error: WireError): string {
  switch (error.code) {
    case 'LOCKED':
      return t('errorLocked');
    case 'EMPTY':
      return t('errorEmpty');
    case 'WRONG_PASSWORD':
      return t('errorWrongPassword');
    case 'VAULT_DAMAGED':
      return t('errorVaultDamaged');
    case 'USER_REJECTED':
      return t('errorUserRejected');
    case 'UNAUTHORIZED':
      return t('errorUnauthorized');
    case 'UNSUPPORTED':
      return t('errorUnsupported');
    case 'INVALID_INPUT':
      return invalidText(error.data);
    case 'UNREGISTERED_KEY':
      return t('errorUnregisteredKey');
    case 'NETWORK':
      return t(NETWORK_KINDS[error.data.kind]);
    case 'EXCHANGE':
      return exchangeText(error.data);
    case 'BAD_ANSWER':
      return t('errorBadAnswer', error.data.status);
    case 'CLOCK_SKEW':
      return t('errorClockSkew', Math.round(Math.abs(error.data.offsetMs) / 1000));
    case 'NOT_REPLACED':
      return t(NOT_REPLACED[error.data.reason]);
    case 'STORAGE':
      return t('errorStorage');
    case 'INTERNAL':
      return t('errorInternal');
  }
}

/** The sentence to show beside the field at `path`, if it is that field that was refused. */
export const fieldError = (error: WireError | undefined, path: string): string | undefined =>
  error?.code === 'INVALID_INPUT' && error.data.path === path ? errorText(error) : undefined;

/** The sentence to show above the form: what belongs to none of its fields. */
export function formError(
  error: WireError | undefined,
  fields: readonly string[],
): string | undefined {
  if (!error) return undefined;
  const beside = error.code === 'INVALID_INPUT' && fields.includes(error.data.path);
  return beside ? undefined : errorText(error);
}
