import { Notice } from '../../components/Notice.tsx';
import { useAction } from '../../components/use-action.ts';
import type { ExchangeReach } from '../../state/exchange-reach.ts';
import { t } from '../../text.ts';

/** Above every tab while the browser keeps Buckle from the exchange: why nothing moves, and the button that mends it. */
export function NoReach({ reach }: { reach: ExchangeReach }) {
  const asking = useAction(reach.ask);
  return (
    <div class="no-reach">
      <Notice
        kind="error"
        action={{
          label: t('allowExchange'),
          onPress: () => void asking.run(),
          busy: asking.busy,
        }}
      >
        {t('noReach')}
      </Notice>
    </div>
  );
}
