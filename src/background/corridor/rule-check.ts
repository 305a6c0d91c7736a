import { isList } from '../../core/canonical.ts';
import { invalid, within } from '../../core/errors.ts';
import type { Problem } from '../../exchange/bounds.ts';
import { withdrawParams } from '../../exchange/instructions/capital.ts';
import { orderParams } from '../../exchange/instructions/orders.ts';
import { orderProblems } from '../../exchange/rules.ts';
import { decodeParams } from '../../exchange/schema.ts';
import { withdrawalProblems } from '../../exchange/transfer-rules.ts';
import { addressProblem } from '../../policy/address-problem.ts';
import type { MarketData } from '../network/market-data.ts';
import type { ValidRequest } from './request.ts';

/** Whether a chain takes withdrawals changes within the hour: before one is refused, the list is asked for again. */
const FRESH_ASSETS = 60_000;

function assertNone([problem]: readonly Problem[]): void {
  if (problem !== undefined) throw invalid(problem.path, problem.reason, problem.limit);
}

/**
 * Holds an order against its market's rules, and a withdrawal against its chain's and its address's form, before anything is
 * recorded or sent: a price off the tick is refused here, with the tick.
 * @throws INVALID_INPUT naming the field and the bound that was missed.
 */
export function createRuleCheck(marketData: MarketData) {
  const order = async (params: unknown): Promise<void> => {
    const asked = decodeParams(orderParams, params);
    const markets = (await marketData.read('markets', {})).answer;
    const market = markets.find(({ symbol }) => symbol === asked.symbol);
    if (market === undefined) throw invalid('symbol', 'market-unknown');
    assertNone(orderProblems(asked, market));
  };

  const withdrawal = async (params: unknown): Promise<void> => {
    const asked = decodeParams(withdrawParams, params);
    const address = addressProblem(asked.blockchain, asked.address);
    if (address !== undefined) assertNone([address]);
    const problems = async (maxAgeMs?: number): Promise<readonly Problem[]> => {
      const assets = (await marketData.read('assets', {}, maxAgeMs)).answer;
      return withdrawalProblems(
        asked,
        assets.find(({ symbol }) => symbol === asked.symbol),
      );
    };
    if ((await problems()).length > 0) assertNone(await problems(FRESH_ASSETS));
  };

  return async ({
    instruction,
    params,
  }: Pick<ValidRequest, 'instruction' | 'params'>): Promise<void> => {
    if (isList(params)) {
      for (const [index, each] of params.entries()) {
        if (instruction === 'orderExecute') await order(each).catch(within(`params.${index}`));
      }
      return;
    }
    if (instruction === 'orderExecute') await order(params);
    if (instruction === 'withdraw') await withdrawal(params);
  };
}
