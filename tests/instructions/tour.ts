import type { Instruction } from '../../src/exchange/instructions/index.ts';
import type { BalancesGiven } from '../exchange/accounts.ts';
import { addressFrom } from '../exchange/addresses.ts';
import type { PracticeExchange } from '../exchange/exchange.ts';

/**
 * Once through the whole table: every instruction that anybody may ask for, in an order in which each has something to say.
 */
export interface Stop {
  readonly instruction: Instruction;
  /** What is asked, given the latest answer of each read so far, and what `before` yielded. */
  params(seen: Seen, happened: unknown): object;
  /** What happens on the exchange before that. */
  before?(practice: PracticeExchange, apiKey: string, seen: Seen): unknown;
}
/** The latest answer of each read. */
export type Seen = ReadonlyMap<Instruction, unknown>;

/** What the traveller holds: two of the balances are dust. */
export const BAGGAGE: BalancesGiven = {
  USDC: { available: '20000' },
  SOL: { available: '50' },
  BTC: { available: '0.000001' },
  ETH: { available: '0.00001' },
};

/** What stands in an answer at a path such as `0.rfq.rfqId`. */
function at(seen: Seen, instruction: Instruction, path: string): string {
  let value: unknown = seen.get(instruction);
  for (const key of path.split('.'))
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  if (typeof value !== 'string') throw new Error(`${instruction} has no text at ${path}`);
  return value;
}

const isFunction = (params: object | Stop['params']): params is Stop['params'] =>
  typeof params === 'function';

const stop = (
  instruction: Instruction,
  params: object | Stop['params'] = {},
  before?: Stop['before'],
): Stop => ({
  instruction,
  params: isFunction(params) ? params : () => params,
  ...(before ? { before } : {}),
});

const symbol = 'SOL_USDC';
const resting = { symbol, side: 'Bid', orderType: 'Limit', price: '100.00', quantity: '1' };
const perp = { symbol: 'SOL_USDC_PERP', orderType: 'Market', quantity: '1' };
const strategy = {
  symbol,
  side: 'Bid',
  strategyType: 'Scheduled',
  quantity: '4',
  duration: 3_600_000,
  interval: 900_000,
};
const rfqId = (seen: Seen) => at(seen, 'rfqQuery', '0.rfq.rfqId');

export const tour: readonly Stop[] = [
  stop('accountQuery'),
  stop('accountUpdate', { leverageLimit: '5', autoLend: true }),
  stop('balanceQuery'),
  stop('collateralQuery'),
  stop('maxBorrowQuantity', { symbol: 'SOL' }),
  stop('maxOrderQuantity', { symbol, side: 'Bid', price: '140', autoBorrow: false }),
  stop('maxWithdrawalQuantity', { symbol: 'USDC' }),
  stop('convertDust', { symbol: 'BTC' }),
  stop('convertDust'),
  stop('dustHistoryQueryAll', { sortDirection: 'Asc' }),

  stop('depositAddressQuery', { blockchain: 'Solana' }),
  stop('depositQueryAll', {}, (practice, apiKey) => {
    practice.depositArrives(apiKey, { symbol: 'USDC', blockchain: 'Solana', quantity: '5' });
  }),
  stop('withdraw', {
    address: addressFrom('Solana', 'elsewhere'),
    blockchain: 'Solana',
    symbol: 'USDC',
    quantity: '100',
  }),
  stop('withdrawalQueryAll', { limit: 10 }),

  stop('orderExecute', {
    ...resting,
    clientId: 7,
    stopLossTriggerPrice: '90',
    takeProfitTriggerPrice: '160',
    takeProfitLimitPrice: '160',
  }),
  stop('orderQuery', { symbol, clientId: 7 }),
  stop('orderQueryAll', { symbol }),
  stop('orderCancel', (seen: Seen) => ({ symbol, orderId: at(seen, 'orderQuery', 'id') })),
  stop('orderExecute', resting),
  stop('orderCancelAll', { symbol }),
  stop('orderExecute', { ...perp, side: 'Bid' }),
  stop('positionQuery'),
  stop('fundingHistoryQueryAll', {}, (practice) => practice.payFunding(perp.symbol, '0.0001')),
  stop('settlementHistoryQueryAll', { source: 'FundingPayment' }),
  stop('orderExecute', { ...perp, side: 'Ask', reduceOnly: true }),
  stop('positionHistoryQueryAll', { state: 'Closed' }),
  stop('orderHistoryQueryAll', { symbol, limit: 2 }),
  stop('fillHistoryQueryAll', { fillType: 'User' }),

  stop('borrowLendExecute', { symbol: 'USDC', side: 'Lend', quantity: '100' }),
  stop('borrowLendPositionQuery'),
  stop('interestHistoryQueryAll', {}, (practice) => practice.payInterest('0.001')),
  stop('borrowHistoryQueryAll', { sources: 'AutoLend,Manual', symbol: 'USDC' }),
  stop('borrowPositionHistoryQueryAll', { side: 'Lend' }),

  stop('rfqSubmit', { symbol, side: 'Bid', quantity: '1', executionMode: 'AwaitAccept' }),
  stop('rfqQuery', { symbol }),
  stop('rfqRefresh', (seen: Seen) => ({ rfqId: rfqId(seen) })),
  stop('quoteAccept', (seen: Seen) => ({
    rfqId: rfqId(seen),
    quoteId: at(seen, 'rfqQuery', '0.quotes.0.quoteId'),
  })),
  stop('rfqSubmit', { symbol, side: 'Ask', quoteQuantity: '50', clientId: 8 }),
  stop('rfqCancel', { clientId: 8 }),
  stop('rfqHistoryQueryAll', { side: 'Bid' }),
  stop('rfqFillHistoryQueryAll'),
  stop(
    'quoteSubmit',
    (_seen: Seen, rfq: unknown) => ({ rfqId: rfq, bidPrice: '149.00', askPrice: '151.00' }),
    (practice) => practice.askForQuotes(symbol, 'Bid', '1'),
  ),
  stop('quoteHistoryQueryAll'),
  stop('quoteFillHistoryQueryAll', {}, (practice, _apiKey, seen) =>
    practice.acceptQuote(at(seen, 'quoteHistoryQueryAll', '0.quoteId')),
  ),

  stop('strategyCreate', { ...strategy, clientStrategyId: 9 }),
  stop('strategyQuery', { symbol, clientStrategyId: 9 }),
  stop('strategyQueryAll', { marketType: 'SPOT' }),
  stop('strategyCancel', (seen: Seen) => ({ symbol, strategyId: at(seen, 'strategyQuery', 'id') })),
  stop('strategyCreate', { ...strategy, side: 'Ask', price: '151.00' }),
  stop('strategyCancelAll', { symbol }),
  stop('strategyHistoryQueryAll', { symbol }),

  stop('vaultMint', { vaultId: 1, symbol: 'USDC', quantity: '100' }),
  stop('vaultMintHistoryQueryAll', { vaultId: 1 }),
  stop('vaultRedeemRequest', { vaultId: 1, vaultTokenQuantity: '20' }),
  stop('vaultPendingRedeemsQuery', { vaultId: 1 }, (practice, apiKey) =>
    practice.setVaultOwner(apiKey),
  ),
  stop('vaultNavQuery'),
  stop('vaultRedeemCancel', { vaultId: 1 }),
  stop('vaultRedeemHistoryQueryAll'),
];
