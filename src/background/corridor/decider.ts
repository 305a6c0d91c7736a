import { listOf } from '../../core/canonical.ts';
import { assertDecimal } from '../../core/decimal.ts';
import { AppError, isAppError } from '../../core/errors.ts';
import {
  type Asked,
  type Caller,
  type Decision,
  decide,
  withoutGrants,
} from '../../policy/decide.ts';
import type { Mark, MarketFacts } from '../../policy/notional.ts';
import type { MarketData } from '../network/market-data.ts';
import type { Log } from '../records/log.ts';
import { refusedEntry } from '../records/log-entries.ts';
import type { Grants } from '../sites/grants.ts';
import type { ValidRequest } from './request.ts';

/** A valid request of somebody, for an account. */
export interface Weighed {
  caller: Caller;
  account: string;
  use: Asked['use'];
  request: Pick<ValidRequest, 'params'> & {
    instruction: Asked['instruction'];
    entry: Pick<ValidRequest['entry'], 'scope'>;
  };
}

/** `decide`, with all that it needs to know. */
export interface Decider {
  /** Writes nothing, and looks at no market: what it asks, `reserve` may still allow. @throws LOCKED */
  decide(weighed: Weighed): Promise<Decision>;
  /** What it allows is reserved under `id`, in the same step. @throws LOCKED */
  reserve(id: string, weighed: Weighed): Promise<Decision>;
  /** @throws UNAUTHORIZED if the site is not connected, or not for that account; LOCKED */
  assertBound(origin: string, account: string): Promise<void>;
  /** What was reserved has certainly not left. */
  release(id: string): Promise<void>;
}

export interface DeciderDependencies {
  grants: Grants;
  /** The account that the site is bound to; none if it is not connected. @throws LOCKED */
  bound: (origin: string) => Promise<string | undefined>;
  marketData: MarketData;
  log: Pick<Log, 'note'>;
  now: () => number;
}

const MINUTE = 60_000;
/** So many refusals of a site go into the log a minute: what it could only fill with the same is nobody's to read. */
const NOTED = 20;

export function createDecider({
  grants,
  bound,
  marketData,
  log,
  now,
}: DeciderDependencies): Decider {
  const noted = new Map<string, readonly number[]>();
  const isNoted = (origin: string): boolean => {
    const lately = (noted.get(origin) ?? []).filter((at) => now() - at < MINUTE);
    const room = lately.length < NOTED;
    noted.set(origin, room ? [...lately, now()] : lately);
    return room;
  };
  const askedBy = async ({ caller, account, use, request }: Weighed): Promise<Asked> => ({
    ...{ caller, account, use },
    instruction: request.instruction,
    scope: request.entry.scope,
    params: request.params,
    bound: caller.zone === 'page' ? await bound(caller.origin) : undefined,
  });
  return {
    async decide(weighed) {
      const asked = await askedBy(weighed);
      if (asked.caller.zone === 'wallet') return decide({ ...withoutGrants, asked, now: now() });
      const decision = await grants.decide(asked, []);
      const { origin } = asked.caller;
      if (decision.verdict === 'refuse' && asked.scope !== 'read' && isNoted(origin)) {
        const { account, instruction, params, use: what } = asked;
        const { reason } = decision;
        await log.note(
          refusedEntry({ at: now(), origin, account, what, instruction, params, reason }),
        );
      }
      return decision;
    },
    async reserve(id, weighed) {
      const asked = await askedBy(weighed);
      const isOrder = asked.instruction === 'orderExecute';
      const symbols = isOrder ? listOf(asked.params).map(({ symbol }) => String(symbol)) : [];
      const facts: MarketFacts[] = [];
      for (const symbol of new Set(symbols)) facts.push(await factsOf(marketData, symbol));
      return grants.reserve(id, asked, facts);
    },
    async assertBound(origin, account) {
      if ((await bound(origin)) !== account) throw new AppError('UNAUTHORIZED', undefined);
    },
    release: (id) => grants.end(id, 'returned'),
  };
}

/** What `decide` refuses outright, as its caller is told. */
export const refused = (decision: Decision): AppError =>
  decision.verdict === 'refuse' && decision.reason === 'send-only'
    ? new AppError('UNSUPPORTED', { method: 'sign' })
    : new AppError('UNAUTHORIZED', undefined);

/** What the public data says of a market. Where it cannot be had, nothing is known, and a person is asked. */
async function factsOf(marketData: MarketData, symbol: string): Promise<MarketFacts> {
  try {
    const markets = (await marketData.read('markets', {})).answer;
    const market = markets.find((each) => each.symbol === symbol);
    if (market === undefined) return {};
    const { at, answer } = await marketData.read('markPrices', {});
    const markOf = (wanted: string): Mark | undefined => {
      const found = answer.find((each) => each.symbol === wanted);
      return found && { price: assertDecimal(found.markPrice), at };
    };
    // The exchange marks futures. A spot market's asset is worth what the future on it is marked at.
    const eitherOf = (pair: string): Mark | undefined => markOf(pair) ?? markOf(`${pair}_PERP`);
    const mark = market.marketType === 'SPOT' ? eitherOf(symbol) : markOf(symbol);
    return { market, mark, quoteMark: eitherOf(`${market.quoteSymbol}_USDC`) };
  } catch (error) {
    const codes = ['NETWORK', 'EXCHANGE', 'BAD_ANSWER'] as const;
    if (codes.some((code) => isAppError(error, code))) return {};
    throw error;
  }
}
