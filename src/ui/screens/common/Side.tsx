import { Icon } from '../../components/Icon.tsx';
import { t } from '../../text.ts';

/** The side of an order: colour, arrow and word; one that is new to us in the exchange's own word. */
export function Side({ side }: { side: string }) {
  if (side !== 'Bid' && side !== 'Ask') return <span class="side">{side}</span>;
  const buys = side === 'Bid';
  return (
    <span class={buys ? 'side bid' : 'side ask'}>
      <Icon name={buys ? 'up' : 'down'} />
      {buys ? t('buy') : t('sell')}
    </span>
  );
}
