import * as v from 'valibot';
import { decimal, each, idText, maybe, moment } from './schema.ts';

/** Shapes of the exchange's answers. Unknown fields and enum values survive in private data. */

/** `GET /api/v1/capital`: amounts by asset symbol. */
export const balance = v.looseObject({ available: decimal, locked: decimal, staked: decimal });
export const balances = v.record(v.string(), balance);
export type Balance = v.InferOutput<typeof balance>;
export type Balances = v.InferOutput<typeof balances>;

/** `GET /api/v1/account`. Fees are in basis points, negative for a rebate. */
export const accountSummary = v.looseObject({
  autoBorrowSettlements: maybe(v.boolean()),
  autoLend: maybe(v.boolean()),
  /** Told only: no instruction changes it. */
  autoRealizePnl: maybe(v.boolean()),
  autoRepayBorrows: maybe(v.boolean()),
  borrowLimit: maybe(decimal),
  futuresMakerFee: decimal,
  futuresTakerFee: decimal,
  leverageLimit: decimal,
  limitOrders: v.number(),
  liquidating: maybe(v.boolean()),
  positionLimit: maybe(decimal),
  spotMakerFee: decimal,
  spotTakerFee: decimal,
  triggerOrders: maybe(v.number()),
});
export type AccountSummary = v.InferOutput<typeof accountSummary>;

const orderFields = {
  id: v.string(),
  /** u32 in orders; kept as a number. */
  clientId: maybe(v.number()),
  executedQuantity: maybe(decimal),
  executedQuoteQuantity: maybe(decimal),
  /** `Limit` or `Market`. */
  orderType: v.string(),
  postOnly: maybe(v.boolean()),
  price: maybe(decimal),
  quantity: maybe(decimal),
  quoteQuantity: maybe(decimal),
  reduceOnly: maybe(v.boolean()),
  /** `Bid` or `Ask`. */
  side: v.string(),
  status: v.string(),
  symbol: v.string(),
  timeInForce: maybe(v.string()),
  triggerBy: maybe(v.string()),
  triggerPrice: maybe(decimal),
  triggerQuantity: maybe(v.string()),
  selfTradePrevention: maybe(v.string()),
  ...each(
    maybe(decimal),
    'stopLossTriggerPrice',
    'stopLossLimitPrice',
    'takeProfitTriggerPrice',
    'takeProfitLimitPrice',
  ),
  ...each(maybe(v.string()), 'stopLossTriggerBy', 'takeProfitTriggerBy'),
  /** Of a stop loss or take profit: the order that it closes. */
  relatedOrderId: maybe(idText),
};

/** A live order: the answer to placing or cancelling one, and the list of open ones. `createdAt` in ms. */
export const order = v.looseObject({ ...orderFields, createdAt: v.number() });
export const orders = v.array(order);
export type Order = v.InferOutput<typeof order>;

/** An order in the history. `createdAt` is UTC text without a zone: `2025-09-11T20:10:40.699`. */
export const historicOrder = v.looseObject({
  ...orderFields,
  createdAt: moment,
  expiryReason: maybe(v.string()),
});
export const historicOrders = v.array(historicOrder);
export type HistoricOrder = v.InferOutput<typeof historicOrder>;

/** `GET /wapi/v1/history/fills`. `clientId` is text here, unlike in orders. */
export const fill = v.looseObject({
  clientId: maybe(idText),
  fee: maybe(decimal),
  feeSymbol: maybe(v.string()),
  isMaker: maybe(v.boolean()),
  orderId: idText,
  price: decimal,
  quantity: decimal,
  side: v.string(),
  symbol: v.string(),
  timestamp: moment,
  tradeId: maybe(idText),
});
export const fills = v.array(fill);
export type Fill = v.InferOutput<typeof fill>;

/** `GET /api/v1/position`: a futures position with its margin. */
export const position = v.looseObject({
  entryPrice: decimal,
  estLiquidationPrice: maybe(decimal),
  /** The share of its worth that it takes as margin: `0.1` allows ten times the money. */
  imf: maybe(decimal),
  netExposureNotional: maybe(decimal),
  markPrice: decimal,
  netQuantity: decimal,
  pnlUnrealized: decimal,
  symbol: v.string(),
});
export const positions = v.array(position);
export type Position = v.InferOutput<typeof position>;

// Public data is large, so it is trimmed to what Buckle uses.

/** A market's rules: prices are multiples of `tickSize`, quantities multiples of `stepSize`. */
export const market = v.object({
  symbol: v.string(),
  baseSymbol: v.string(),
  quoteSymbol: v.string(),
  marketType: v.string(),
  orderBookState: v.string(),
  visible: v.boolean(),
  filters: v.object({
    price: v.object({ minPrice: decimal, maxPrice: maybe(decimal), tickSize: decimal }),
    quantity: v.object({ minQuantity: decimal, maxQuantity: maybe(decimal), stepSize: decimal }),
  }),
});
export const markets = v.array(market);
export type Market = v.InferOutput<typeof market>;

/** `priceChangePercent` is a fraction as text and has been seen as `N/A`: kept as text. */
export const ticker = v.object({
  symbol: v.string(),
  lastPrice: decimal,
  priceChangePercent: v.string(),
  high: decimal,
  low: decimal,
  quoteVolume: decimal,
});
export const tickers = v.array(ticker);
export type Ticker = v.InferOutput<typeof ticker>;

export const markPrice = v.object({ symbol: v.string(), markPrice: decimal });
export const markPrices = v.array(markPrice);
export type MarkPrice = v.InferOutput<typeof markPrice>;

/** How an asset moves on one chain. `nativeDecimals` comes as a number or as text. */
export const token = v.object({
  blockchain: v.string(),
  contractAddress: maybe(v.string()),
  depositEnabled: v.boolean(),
  minimumDeposit: decimal,
  withdrawEnabled: v.boolean(),
  minimumWithdrawal: decimal,
  maximumWithdrawal: maybe(decimal),
  withdrawalFee: decimal,
  nativeDecimals: maybe(v.pipe(v.union([v.number(), v.string()]), v.transform(Number))),
});
export type Token = v.InferOutput<typeof token>;

export const asset = v.object({
  symbol: v.string(),
  displayName: v.string(),
  tokens: v.array(token),
});
export const assets = v.array(asset);
export type Asset = v.InferOutput<typeof asset>;
