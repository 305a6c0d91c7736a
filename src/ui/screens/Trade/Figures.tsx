import { add, assertDecimal, type Decimal, isNegative, subtract } from '../../../core/decimal.ts';
import { costOf, spending } from '../../../policy/warnings.ts';
import { Amount } from '../../components/Amount.tsx';
import { placesFor } from '../../places.ts';
import type { TradeState } from '../../state/trade.ts';
import { t } from '../../text.ts';

const ZERO = assertDecimal('0');

/** `undefined` where there is nothing to add, or one of them is not known. */
function sum(values: readonly (Decimal | undefined)[]): Decimal | undefined {
  const given = values.filter((value) => value !== undefined);
  return given.length === 0 || given.length < values.length ? undefined : given.reduce(add, ZERO);
}

/** What there is, what the order comes to, and what is left of it. */
export function Figures({ trade }: { trade: TradeState }) {
  const market = trade.market.value;
  const context = trade.context.value;
  if (!market) return null;
  const sells = trade.draft.value.side === 'Ask' && market.marketType === 'SPOT';
  const available = sells ? context.available?.base : context.available?.quote;
  const asset = sells ? market.baseSymbol : market.quoteSymbol;
  const orders = trade.orders.value;
  const cost = sum(orders.map((order) => costOf(order, context.mark)));
  const spent = orders.map((order) => spending(order, market, context));
  const needed = sum(spent.map((each) => each?.needed));
  const left = spent[0] && needed && subtract(spent[0].available, needed);
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
