import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { useAction } from '../../components/use-action.ts';
import type { CancelReport, OrdersState } from '../../state/orders.ts';
import { plural, t } from '../../text.ts';
import { cancelText } from './cancel-text.ts';

interface CancelAllProps {
  orders: OrdersState;
  /** The markets as they were when the dialog was opened: what is confirmed must not change under the finger. */
  markets: readonly { symbol: string; count: number }[];
  onBack: () => void;
}

/** The exchange cancels market by market, so this is one request a market, and each is reported for itself. */
export function CancelAll({ orders, markets, onBack }: CancelAllProps) {
  const [reports, setReports] = useState<ReadonlyMap<string, CancelReport>>(new Map());
  const action = useAction(async () => {
    for (const { symbol } of markets) {
      setReports((before) => new Map(before).set(symbol, { fate: 'sending' }));
      const report = await orders.cancelMarket(symbol);
      setReports((before) => new Map(before).set(symbol, report));
    }
  });
  const count = markets.reduce((sum, market) => sum + market.count, 0);
  const started = reports.size > 0;
  return (
    <Dialog title={t('cancelAllOrders')} onBack={onBack}>
      <p>{plural('cancelAllExplained', markets.length)}</p>
      <ul class="cancel-all">
        {markets.map(({ symbol, count: open }) => {
          const report = reports.get(symbol);
          return (
            <li key={symbol}>
              <strong>{symbol}</strong>
              <span class="secondary">{plural('orderCount', open)}</span>
              <span role="status">{report && cancelText(report)}</span>
            </li>
          );
        })}
      </ul>
      <div class="dialog-actions">
        <Button onPress={onBack}>{started ? t('close') : t('back')}</Button>
        {(!started || action.busy) && (
          <Button kind="danger" busy={action.busy} onPress={() => void action.run()}>
            {plural('cancelCount', count)}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
