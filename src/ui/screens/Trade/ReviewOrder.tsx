import { isNegative } from '../../../core/decimal.ts';
import type { OrderParams } from '../../../exchange/instructions/orders.ts';
import type { Prepared } from '../../../messaging/requests.ts';
import { costOf, orderWarnings } from '../../../policy/warnings.ts';
import { Amount } from '../../components/Amount.tsx';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Notice } from '../../components/Notice.tsx';
import { shortKey } from '../../format.ts';
import { orderOf, qualifiersOf } from '../../order-qualifiers.ts';
import { placesFor } from '../../places.ts';
import { feeAtMost } from '../../state/fees.ts';
import { openTwins } from '../../state/placement.ts';
import { ticket } from '../../state/ticket.ts';
import type { Trading } from '../../state/trading.ts';
import { plural, sentence, t } from '../../text.ts';
import { SignedText } from '../common/SignedText.tsx';
import { fieldsOf } from './fields.ts';
import { Warnings } from './Warnings.tsx';

/** What it comes to and what it costs at most, where prices and fees are known. */
function Estimates({ trading, params }: { trading: Trading; params: OrderParams }) {
  const market = trading.market.market(params.symbol);
  const { trade, fees } = ticket(trading);
  const cost = costOf(params, trade.context.value.mark);
  const summary = fees.summary.value;
  if (!market || cost === undefined) return null;
  const fee = summary && feeAtMost(summary, market, cost, params.postOnly === true);
  return (
    <>
      <div>
        <dt>{t(params.orderType === 'Market' ? 'orderValueAbout' : 'orderValue')}</dt>
        <dd>
          <Amount value={cost} decimals={placesFor(cost)} unit={market.quoteSymbol} />
        </dd>
      </div>
      {fee !== undefined && (
        <div>
          <dt>{isNegative(fee) ? t('rebate') : t('feeAtMost')}</dt>
          <dd>
            <Amount value={fee} decimals={placesFor(fee)} unit={market.quoteSymbol} />
          </dd>
        </div>
      )}
    </>
  );
}

/** The order just as it will be signed: nothing but the moment of sending may differ. */
export function ReviewOrder({ trading, prepared }: { trading: Trading; prepared: Prepared }) {
  const { requests, market: data } = trading;
  const { placement, trade } = ticket(trading);
  const { key, values } = prepared.phrase;
  const params = orderOf(prepared);
  const market = params && data.market(params.symbol);
  const twins = params
    ? openTwins(requests, 'orderExecute', { symbol: params.symbol, side: params.side }).length
    : 0;
  return (
    <Dialog title={t('reviewOrder')} onBack={placement.back}>
      <p class="review-sentence">{sentence(prepared.phrase)}</p>
      {params && <p class="review-qualifiers">{qualifiersOf(params)}</p>}
      {twins > 0 && <Notice kind="error">{plural('twinOrders', twins)}</Notice>}
      {params && market && (
        <Warnings warnings={orderWarnings(params, market, trade.context.value)} />
      )}
      <dl class="review-fields">
        <div>
          <dt>{t('account')}</dt>
          <dd title={prepared.apiKey}>{`${prepared.label} · ${shortKey(prepared.apiKey)}`}</dd>
        </div>
        {fieldsOf(prepared.params).map(({ key, label, value }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {params && <Estimates trading={trading} params={params} />}
      </dl>
      <SignedText prepared={prepared} />
      <div class="dialog-actions">
        <Button onPress={placement.back}>{t('back')}</Button>
        <Button
          kind="primary"
          busy={placement.busy.value === 'sending'}
          onPress={() => void placement.place()}
        >
          {t('placeOrderOf', sentence({ key, values }))}
        </Button>
      </div>
    </Dialog>
  );
}
