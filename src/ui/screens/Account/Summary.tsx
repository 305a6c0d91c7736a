import { assertDecimal, type Decimal, divide } from '../../../core/decimal.ts';
import type { AccountSummary } from '../../../exchange/types.ts';
import { Amount } from '../../components/Amount.tsx';
import { Notice } from '../../components/Notice.tsx';
import { t } from '../../text.ts';

const HUNDRED = assertDecimal('100');

/** Basis points as percent: `9.5` is `0.095 %`. */
const Percent = ({ points }: { points: Decimal }) => (
  <span class="amount" title={t('basisPoints', points)}>
    {t('percent', divide(points, HUNDRED, 6))}
  </span>
);

const Optional = ({ value, unit }: { value: Decimal | null | undefined; unit?: string }) =>
  value == null ? t('absent') : <Amount value={value} {...(unit === undefined ? {} : { unit })} />;

/** What the account may do and what it pays. */
export function Summary({ summary, stale }: { summary: AccountSummary; stale: boolean }) {
  return (
    <>
      {summary.liquidating === true && <Notice kind="error">{t('accountLiquidating')}</Notice>}
      <section class={stale ? 'stale' : undefined}>
        <h2>{t('limits')}</h2>
        <dl class="review-fields">
          <div>
            <dt>{t('openLimitOrders')}</dt>
            <dd>{summary.limitOrders}</dd>
          </div>
          <div>
            <dt>{t('openTriggerOrders')}</dt>
            <dd>{summary.triggerOrders ?? t('absent')}</dd>
          </div>
          <div>
            <dt>{t('borrowLimit')}</dt>
            <dd>
              <Optional value={summary.borrowLimit} unit="USD" />
            </dd>
          </div>
          <div>
            <dt>{t('positionLimit')}</dt>
            <dd>
              <Optional value={summary.positionLimit} unit="USD" />
            </dd>
          </div>
        </dl>
      </section>
      <section class={stale ? 'stale' : undefined}>
        <h2>{t('fees')}</h2>
        <table class="table">
          <caption class="visually-hidden">{t('fees')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('market')}</th>
              <th scope="col" class="numeric">
                {t('maker')}
              </th>
              <th scope="col" class="numeric">
                {t('taker')}
              </th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>{t('spot')}</td>
              <td class="numeric">
                <Percent points={summary.spotMakerFee} />
              </td>
              <td class="numeric">
                <Percent points={summary.spotTakerFee} />
              </td>
            </tr>
            <tr>
              <td>{t('futures')}</td>
              <td class="numeric">
                <Percent points={summary.futuresMakerFee} />
              </td>
              <td class="numeric">
                <Percent points={summary.futuresTakerFee} />
              </td>
            </tr>
          </tbody>
        </table>
        <p class="secondary">{t('feesBelowZero')}</p>
      </section>
    </>
  );
}
