import { isNegative, subtract } from '../../../core/decimal.ts';
import { costOf, spending } from '../../../policy/warnings.ts';
import { Amount } from '../../components/Amount.tsx';
import { placesFor } from '../../places.ts';
import type { TradeState } from '../../state/trade.ts';
import { t } from '../../text.ts';

/** What there is, what the order comes to, and what is left of it. */
export function Figures({ trade }: { trade: TradeState }) {
  const market = trade.market.value;
  const context = trade.context.value;
  const checked = trade.checked.value;
  if (!market) return null;
  const sells = trade.draft.value.side === 'Ask' && market.marketType === 'SPOT';
  const available = sells ? context.available?.base : context.available?.quote;
  const asset = sells ? market.baseSymbol : market.quoteSymbol;
  const params = checked?.ok ? checked.params : undefined;
  const cost = params && costOf(params, context.mark);
  const spent = params && spending(params, market, context);
  const left = spent && subtract(spent.available, spent.needed);
  return (
    <dl class="figures">
      <div>
        <dt>{t('available')}</dt>
        <dd>
          {available === undefined ? (
            t('absent')
          ) : (
            <Amount value={available} decimals={placesFor(available)} unit={asset} />
          )}
        </dd>
      </div>
      <div>
        <dt>{t('orderValue')}</dt>
        <dd>
          {cost === undefined ? (
            t('absent')
          ) : (
            <Amount value={cost} decimals={placesFor(cost)} unit={market.quoteSymbol} />
          )}
        </dd>
      </div>
      <div>
        <dt>{t('leftAfter')}</dt>
        <dd class={left !== undefined && isNegative(left) ? 'ask' : undefined}>
          {left === undefined ? (
            t('absent')
          ) : (
            <Amount value={left} decimals={placesFor(left)} unit={asset} />
          )}
        </dd>
      </div>
    </dl>
  );
}
