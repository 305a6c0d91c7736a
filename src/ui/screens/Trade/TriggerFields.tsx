import { compare } from '../../../core/decimal.ts';
import { Field } from '../../components/Field.tsx';
import { grouped } from '../../format.ts';
import { positive } from '../../state/sharing.ts';
import { t } from '../../text.ts';
import { TriggerBy } from './TriggerBy.tsx';
import type { OrderFields } from './use-order-fields.ts';

/** Which way the price has to go. */
function waitsFor({ draft, data }: OrderFields): string | undefined {
  const trigger = positive(draft.triggerPrice);
  const now = data.reference(draft.symbol)?.price;
  if (trigger === undefined || now === undefined) return undefined;
  const way = compare(trigger, now);
  if (way === 0) return undefined;
  return t(way > 0 ? 'firesRising' : 'firesFalling', grouped(trigger), grouped(now));
}

/** When a stop becomes an order. */
export function TriggerFields({ fields }: { fields: OrderFields }) {
  const { draft, market, change } = fields;
  if (!market) return null;
  return (
    <div class="form-pair">
      <Field
        label={t('triggerPrice')}
        inputMode="decimal"
        unit={market.quoteSymbol}
        hint={waitsFor(fields)}
        {...fields.text('triggerPrice')}
      />
      <TriggerBy
        label={t('triggerBy')}
        value={draft.triggerBy}
        market={market}
        onChange={(triggerBy) => change({ triggerBy })}
      />
    </div>
  );
}
