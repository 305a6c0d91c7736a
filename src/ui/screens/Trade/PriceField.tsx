import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { t } from '../../text.ts';
import type { OrderFields } from './use-order-fields.ts';

/** The price, with steps by one tick (arrow keys too) and the mark price in one press. */
export function PriceField({ fields }: { fields: OrderFields }) {
  const { trade, data, market } = fields;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const element = input.current;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
      event.preventDefault();
      trade.step(event.key === 'ArrowUp' ? 'up' : 'down');
    };
    element?.addEventListener('keydown', onKeyDown);
    return () => element?.removeEventListener('keydown', onKeyDown);
  }, [trade]);
  const reference = market && data.reference(market.symbol);
  const tick = market?.filters.price.tickSize ?? '';
  return (
    <Field
      label={t('price')}
      inputMode="decimal"
      inputRef={input}
      {...fields.text('price')}
      {...(market ? { unit: market.quoteSymbol } : {})}
    >
      <Button
        icon="minus"
        iconOnly
        title={t('lowerByTick', tick)}
        onPress={() => trade.step('down')}
      >
        {t('lowerByTick', tick)}
      </Button>
      <Button icon="plus" iconOnly title={t('raiseByTick', tick)} onPress={() => trade.step('up')}>
        {t('raiseByTick', tick)}
      </Button>
      {reference && (
        <Button small title={t('useReference', reference.price)} onPress={trade.useReference}>
          {t(reference.by === 'mark' ? 'markPriceShort' : 'lastPriceShort')}
        </Button>
      )}
    </Field>
  );
}
