import type { Decimal } from '../../core/decimal.ts';
import { hasPositions } from '../../exchange/rules.ts';
import type { Market, Position } from '../../exchange/types.ts';
import type { OrderContext } from '../../policy/warnings.ts';
import type { BalancesState } from './balances.ts';
import type { MarketData } from './market.ts';
import { known, type Remote } from './remote.ts';

/** Where the account and its market are looked at. */
export interface OrderSources {
  data: MarketData;
  balances: Pick<BalancesState, 'available'>;
  positions: () => Remote<readonly Position[]>;
}

const NONE = '0' as Decimal;

/** What is known around an order on that market, as of now. */
export function orderContext(
  market: Market,
  { data, balances, positions }: OrderSources,
): OrderContext {
  const { baseSymbol, quoteSymbol, symbol } = market;
  const base = balances.available(baseSymbol);
  const quote = balances.available(quoteSymbol);
  const reference = data.reference(symbol);
  const held = known(positions())?.value;
  const position = held && (held.find((each) => each.symbol === symbol)?.netQuantity ?? NONE);
  return {
    mark: reference?.price,
    markBy: reference?.by,
    available: base === undefined || quote === undefined ? undefined : { base, quote },
    position: hasPositions(market) ? position : undefined,
  };
}
