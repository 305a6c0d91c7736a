import { useState } from 'preact/hooks';
import { t } from '../../text.ts';
import { MoreOptions } from './lazily.tsx';
import { optionsSet } from './options-set.ts';
import type { OrderFields } from './use-order-fields.ts';

/** Fields that are folded away: an error in one unfolds them. */
const FOLDED = [
  'stopLossTriggerPrice',
  'stopLossLimitPrice',
  'takeProfitTriggerPrice',
  'takeProfitLimitPrice',
  'slippageTolerance',
  'clientId',
] as const;

/** Choices that few orders need. Folded, they still say what is set: nothing out of sight is ever in an order. */
export function OptionsFold({ fields }: { fields: OrderFields }) {
  const [open, setOpen] = useState(false);
  const order = fields.trade.inSight.value;
  const set = order ? optionsSet(order) : [];
  const isOpen = open || FOLDED.some((path) => fields.error(path) !== undefined);
  return (
    <details
      class="more-options"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        {t('moreOptions')}
        {!isOpen && set.length > 0 && <span class="options-set">{set.join(' · ')}</span>}
      </summary>
      {isOpen && <MoreOptions fields={fields} />}
    </details>
  );
}
