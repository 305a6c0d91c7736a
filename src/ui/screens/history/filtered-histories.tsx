import { useEffect } from 'preact/hooks';
import { histories } from '../../state/histories.ts';
import { known } from '../../state/remote.ts';
import type { Trading } from '../../state/trading.ts';
import { t } from '../../text.ts';
import { HistoryList, type HistoryListProps } from './HistoryList.tsx';

type Props<Row> = Omit<HistoryListProps<Row>, 'symbolLabel' | 'allSymbols' | 'symbols'> & {
  trading: Trading;
};

/** A history that is filtered by market. */
export function HistoryOfMarkets<Row>({ trading: { market }, ...props }: Props<Row>) {
  useEffect(() => {
    void market.ensureMarkets();
  }, [market]);
  const texts = { symbolLabel: t('market'), allSymbols: t('allMarkets') };
  return <HistoryList {...props} {...texts} symbols={market.symbols.value} />;
}

/** A history that is filtered by asset: by those that the account holds, and those of the rows that are there. */
export function HistoryOfAssets<Row extends { symbol: string }>({ trading, ...props }: Props<Row>) {
  const held = Object.keys(known(trading.balances.remote.value)?.value ?? {});
  const rows = known(props.history.remote.value)?.value.rows ?? [];
  const { deposits, withdrawals } = histories(trading);
  const chosen = [deposits, withdrawals].map(({ filter }) => filter.value.symbol);
  const all = new Set([...held, ...rows.map(({ symbol }) => symbol), ...chosen]);
  const symbols = [...all].filter((symbol) => symbol !== '').sort();
  const texts = { symbolLabel: t('asset'), allSymbols: t('allAssets') };
  return <HistoryList {...props} {...texts} symbols={symbols} />;
}
