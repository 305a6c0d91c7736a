import { type Decimal, isDecimal, isNegative, subtract } from '../../../core/decimal.ts';
import type { Prepared } from '../../../messaging/requests.ts';
import type { TransferWarning } from '../../../policy/transfer-warnings.ts';
import { AddressText } from '../../components/AddressText.tsx';
import { Amount } from '../../components/Amount.tsx';
import { shortKey } from '../../format.ts';
import { t } from '../../text.ts';
import { SignedText } from '../common/SignedText.tsx';
import { WithdrawalWarnings } from '../common/WithdrawalWarnings.tsx';
import { fieldsOf } from './fields.ts';

export interface WithdrawalFactsProps {
  /** A withdrawal, just as it will be signed. */
  prepared: Prepared;
  warnings: readonly TransferWarning[];
  /** The network's fee, where it is known. */
  fee: Decimal | undefined;
  /** A second factor will go along. */
  withToken?: boolean;
}

/**
 * What reaches the address: the exchange's documents do not say whether the fee is taken out of the quantity, so both are
 * told. `undefined` if the fee would eat it all.
 */
export function arrivals(quantity: string, fee: Decimal | undefined) {
  if (fee === undefined || !isDecimal(quantity)) return undefined;
  const less = subtract(quantity, fee);
  return isNegative(less) ? undefined : { least: less, most: quantity };
}

/** Where it goes, what it is, what it costs, and what is remarkable about it: for a review, whoever asks. */
export function WithdrawalFacts({ prepared, warnings, fee, withToken }: WithdrawalFactsProps) {
  const { params } = prepared;
  const symbol = String(params.symbol);
  const arriving = arrivals(String(params.quantity), fee);
  return (
    <>
      <p class="review-sentence">
        {t('withdrawSentence', String(params.quantity), symbol, String(params.blockchain))}
      </p>
      <p class="review-address">
        <AddressText address={String(params.address)} />
      </p>
      <WithdrawalWarnings warnings={warnings} />
      <dl class="review-fields">
        <div>
          <dt>{t('account')}</dt>
          <dd title={prepared.apiKey}>{`${prepared.label} · ${shortKey(prepared.apiKey)}`}</dd>
        </div>
        {fieldsOf(params).map(({ key, label, value }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('networkFee')}</dt>
          <dd>{fee === undefined ? t('absent') : <Amount value={fee} unit={symbol} />}</dd>
        </div>
        {arriving && (
          <div>
            <dt>{t('arrives')}</dt>
            <dd>{t('arrivesBetween', arriving.least, arriving.most, symbol)}</dd>
          </div>
        )}
      </dl>
      <p class="secondary">{t('feeUndocumented')}</p>
      <SignedText prepared={prepared} withToken={withToken ?? false} />
    </>
  );
}
