import { Icon } from '../../components/Icon.tsx';
import { t } from '../../text.ts';

/** The side of an order: colour, arrow and word. */
export function Side({ side }: { side: string }) {
  const buys = side === 'Bid';
  return (
    <span class={buys ? 'side bid' : 'side ask'}>
      <Icon name={buys ? 'up' : 'down'} />
      {buys ? t('buy') : t('sell')}
    </span>
  );
}
