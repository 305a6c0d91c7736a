import { isZero } from '../../../core/decimal.ts';
import { executedOf } from '../../../exchange/replacement.ts';
import { singleOf } from '../../../messaging/shapes.ts';
import { orderWarnings } from '../../../policy/warnings.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { grouped, shortKey } from '../../format.ts';
import { orderOf, qualifiersOf } from '../../order-qualifiers.ts';
import { orderSentence } from '../../order-text.ts';
import { orderEdit, type PreparedEdit } from '../../state/order-edit.ts';
import type { Trading } from '../../state/trading.ts';
import { sentence, t } from '../../text.ts';
import { SignedText } from '../common/SignedText.tsx';
import { fieldsOf } from '../Trade/fields.ts';
import { Warnings } from '../Trade/Warnings.tsx';

/** Both requests of an edit, just as they will be signed. */
export function ReviewEdit({ trading, review }: { trading: Trading; review: PreparedEdit }) {
  const edit = orderEdit(trading);
  const { cancel, order } = review;
  const old = edit.order.value;
  const params = orderOf(order);
  const market = edit.market.value;
  const reference = market && trading.market.reference(market.symbol);
  if (!old) return null;
  const filled = executedOf(old);
  const { key, values } = order.phrase;
  return (
    <Dialog title={t('replaceOrder')} onBack={edit.back}>
      <p class="secondary">{t('replaces', orderSentence(old))}</p>
      <p class="review-sentence">{sentence(order.phrase)}</p>
      {params && <p class="review-qualifiers">{qualifiersOf(params)}</p>}
      {params && market && (
        <Warnings
          warnings={orderWarnings(params, market, {
            mark: reference?.price,
            markBy: reference?.by,
          })}
        />
      )}
      <p class="secondary edit-order-of-things">
        {isZero(filled) ? t('editOrderOfThings') : t('editOrderOfThingsFilled', grouped(filled))}
      </p>
      <dl class="review-fields">
        <div>
          <dt>{t('account')}</dt>
          <dd title={order.apiKey}>{`${order.label} · ${shortKey(order.apiKey)}`}</dd>
        </div>
        {fieldsOf(singleOf(order)).map(({ key: name, label, value }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <SignedText prepared={cancel} />
      <SignedText prepared={order} />
      <div class="dialog-actions">
        <Button onPress={edit.back}>{t('back')}</Button>
        <Button
          kind="primary"
          busy={edit.busy.value === 'sending'}
          onPress={() => void edit.place()}
        >
          {t('placeOrderOf', sentence({ key, values }))}
        </Button>
      </div>
    </Dialog>
  );
}
