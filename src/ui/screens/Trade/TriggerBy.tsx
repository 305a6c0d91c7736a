import { type TriggerBy as By, TRIGGERS, usualTrigger } from '../../../exchange/order-draft.ts';
import type { Market } from '../../../exchange/types.ts';
import { Select } from '../../components/Select.tsx';
import { t } from '../../text.ts';
import { TRIGGER_TEXTS } from './option-texts.ts';

interface TriggerByProps {
  label: string;
  value: By | '';
  market: Market;
  onChange: (by: By) => void;
}

/** Which price a trigger looks at. Nothing chosen is what is usual on that market, and shows as that. */
export function TriggerBy({ label, value, market, onChange }: TriggerByProps) {
  return (
    <Select
      label={label}
      value={value === '' ? usualTrigger(market) : value}
      options={TRIGGERS.map((by) => ({ value: by, text: t(TRIGGER_TEXTS[by]) }))}
      onChange={onChange}
    />
  );
}
