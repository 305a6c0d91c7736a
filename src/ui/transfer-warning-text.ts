import type { TransferWarning } from '../policy/transfer-warnings.ts';
import { grouped, shortAddress } from './format.ts';
import { t } from './text.ts';

/** What is remarkable about a withdrawal, in words, with its number. */
export function transferWarningText(warning: TransferWarning): string {
  switch (warning.code) {
    case 'look-alike': {
      const { known, label, first, last } = warning;
      const name = label ? t('namedAddress', label, shortAddress(known)) : shortAddress(known);
      return t('warnLookAlike', name, first, last);
    }
    case 'own-other-chain':
      return t('warnOwnOtherChain', warning.blockchain);
    case 'own-address':
      return t('warnOwnAddress');
    case 'other-chain':
      return warning.label
        ? t('warnOtherChainOf', warning.label, warning.blockchain)
        : t('warnOtherChain', warning.blockchain);
    case 'first-time':
      return t('warnFirstTime');
    case 'most-of-balance':
      return t('warnMostOfBalance', grouped(warning.percent));
    case 'fee-heavy':
      return t('warnFeeHeavy', grouped(warning.percent));
    case 'unchecked':
      return t('warnUnchecked');
    case 'not-compared':
      return t('warnNotCompared');
    case 'unassigned':
      return t('warnUnassigned');
    case 'also-bitcoin':
      return t('warnAlsoBitcoin');
    case 'one-case':
      return t('warnOneCase');
    case 'short':
      return t('warnShort');
  }
}
