import type { Market } from '../../../exchange/types.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Select } from '../../components/Select.tsx';
import type { TradeState } from '../../state/trade.ts';
import { t } from '../../text.ts';

interface QuantityFieldProps {
  trade: TradeState;
  market: Market | undefined;
  error: string | undefined;
  fix: { label: string; onPress: () => void } | undefined;
  onInput: (text: string) => void;
  onUnit: (sizeIn: 'base' | 'quote') => void;
}

const SHARES = [25, 50, 75, 100] as const;

/** How much, in what is traded or, for a market order, in what pays; and shares of what there is. */
export function QuantityField(props: QuantityFieldProps) {
  const { trade, market, error, fix, onInput, onUnit } = props;
  const { quantity, orderType, sizeIn } = trade.draft.value;
  const chooses = orderType === 'Market' && market !== undefined;
  return (
    <div class="quantity">
      <Field
        label={t('quantity')}
        value={quantity}
        onInput={onInput}
        inputMode="decimal"
        error={error}
        fix={fix}
        {...(market && !chooses ? { unit: market.baseSymbol } : {})}
      >
        {chooses && (
          <Select
            label={t('countedIn')}
            hideLabel
            value={sizeIn}
            options={[
              { value: 'base', text: market.baseSymbol },
              { value: 'quote', text: market.quoteSymbol },
            ]}
            onChange={onUnit}
          />
        )}
      </Field>
      <fieldset class="shares">
        <legend class="visually-hidden">{t('shareOfAvailable')}</legend>
        {SHARES.map((percent) => (
          <Button key={percent} small onPress={() => trade.useShare(percent)}>
            {t('percent', percent)}
          </Button>
        ))}
      </fieldset>
    </div>
  );
}
