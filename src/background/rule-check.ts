import { invalid } from '../core/errors.ts';
import { orderParams } from '../exchange/instructions/orders.ts';
import { orderProblems } from '../exchange/rules.ts';
import { decodeParams } from '../exchange/schema.ts';
import type { MarketData } from './market-data.ts';
import type { ChangingRequest } from './request.ts';

/**
 * Holds an order against its market's rules before anything is recorded or sent, so that a price off the tick is refused
 * here, with the tick.
 * @throws INVALID_INPUT naming the field and the bound that was missed.
 */
export function createRuleCheck(marketData: MarketData) {
  return async ({ instruction, params }: ChangingRequest): Promise<void> => {
    if (instruction !== 'orderExecute') return;
    const order = decodeParams(orderParams, params);
    const markets = (await marketData.read('markets', {})).answer;
    const market = markets.find(({ symbol }) => symbol === order.symbol);
    if (market === undefined) throw invalid('symbol', 'market-unknown');
    const [problem] = orderProblems(order, market);
    if (problem !== undefined) throw invalid(problem.path, problem.reason, problem.limit);
  };
}
