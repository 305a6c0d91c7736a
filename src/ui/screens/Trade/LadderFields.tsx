import { Choice } from '../../components/Choice.tsx';
import { Field } from '../../components/Field.tsx';
import { grouped } from '../../format.ts';
import { t } from '../../text.ts';
import type { OrderFields } from './use-order-fields.ts';

/** What the orders come to, as soon as they can be told. */
function preview({ trade }: OrderFields): string | undefined {
  const ladder = trade.ladder.value;
  if (!ladder?.ok) return undefined;
  const sizes = ladder.orders.map(({ quantity }) => quantity ?? '');
  const [first = '', last = ''] = [sizes[0], sizes.at(-1)];
  return first === last
    ? t('ladderEach', sizes.length, grouped(first))
    : t('ladderFromTo', sizes.length, grouped(first), grouped(last));
}

/** Between which prices, how many, and how their sizes go. */
export function LadderFields({ fields }: { fields: OrderFields }) {
  const { draft, market, change } = fields;
  if (!market) return null;
  return (
    <>
      <div class="ladder">
        <Field label={t('ladderFrom')} inputMode="decimal" {...fields.text('ladderFrom')} />
        <Field label={t('ladderTo')} inputMode="decimal" {...fields.text('ladderTo')} />
        <Field label={t('ladderCount')} inputMode="numeric" {...fields.text('ladderCount')} />
      </div>
      <Choice
        label={t('ladderSizes')}
        value={draft.ladderSizes}
        options={[
          { value: 'even', text: t('ladderEven') },
          { value: 'rising', text: t('ladderRising') },
        ]}
        onChange={(ladderSizes) => change({ ladderSizes })}
      />
      <p class="field-hint ladder-preview" role="status">
        {preview(fields)}
      </p>
    </>
  );
}
