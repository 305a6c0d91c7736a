import { otherUnit } from '../../../exchange/order-draft.ts';
import type { Market } from '../../../exchange/types.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Select } from '../../components/Select.tsx';
import { grouped } from '../../format.ts';
import type { Sharing } from '../../state/sharing.ts';
import { t } from '../../text.ts';
import type { OrderFields } from './use-order-fields.ts';

const SHARES = [25, 50, 75, 100] as const;

/** What a share was taken of, or why there is none. */
function sharingText(sharing: Sharing): string {
  switch (sharing.status) {
    case 'asking':
      return '';
    case 'asked':
      return t('shareOfMost', grouped(sharing.most), sharing.asset);
    case 'balance':
      return t('shareByBalance');
    case 'nothing':
      return t('shareNothing');
    case 'price':
      return t('shareNeedsPrice');
  }
}

/** Units to choose from, where there is more than what is traded. */
function unitsOf({ draft }: OrderFields, market: Market) {
  const other = otherUnit(draft.orderType, market);
  if (other === undefined) return undefined;
  const text = other === 'quote' ? market.quoteSymbol : t('percentOfPosition');
  return [
    { value: 'base' as const, text: market.baseSymbol },
    { value: other, text },
  ];
}

/** How much, in what is traded or, where the order type has it, in something else; and shares of what can be traded. */
export function QuantityField({ fields }: { fields: OrderFields }) {
  const { trade, market, change } = fields;
  const units = market && unitsOf(fields, market);
  const shown = trade.inSight.value?.sizeIn ?? 'base';
  const sharing = trade.sharing.value;
  const asking = sharing?.status === 'asking' ? sharing.percent : undefined;
  return (
    <div class="quantity">
      <Field
        label={t('quantity')}
        inputMode="decimal"
        {...fields.text('quantity')}
        {...(market && !units ? { unit: market.baseSymbol } : {})}
      >
        {units && (
          <Select
            label={t('countedIn')}
            hideLabel
            value={shown}
            options={units}
            onChange={(sizeIn) => change({ sizeIn })}
          />
        )}
      </Field>
      <fieldset class="shares">
        <legend class="visually-hidden">{t('shareOfTradable')}</legend>
        {SHARES.map((percent) => (
          <Button
            key={percent}
            small
            busy={asking === percent}
            onPress={() => void trade.useShare(percent)}
          >
            {t('percent', percent)}
          </Button>
        ))}
      </fieldset>
      <p class="field-hint share-note" role="status">
        {sharing && sharingText(sharing)}
      </p>
    </div>
  );
}
