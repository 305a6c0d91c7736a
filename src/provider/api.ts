/**
 * Everything that an author of a web page needs of Buckle, in one file without imports: copy it into your project.
 *
 * `window.buckle` is there once the person has connected your site in Buckle's popup, from the first script on. Amounts are
 * decimal text, never numbers; times are Unix ms.
 */

/** Decimal text, exactly as the exchange wrote it: `"0.10"`. */
export type Decimal = string;

// From the instruction table, by `npm run docs`. Begin.

export interface AccountSummary {
  autoBorrowSettlements?: boolean | null;
  autoLend?: boolean | null;
  autoRealizePnl?: boolean | null;
  autoRepayBorrows?: boolean | null;
  borrowLimit?: Decimal | null;
  futuresMakerFee: Decimal;
  futuresTakerFee: Decimal;
  leverageLimit: Decimal;
  limitOrders: number;
  liquidating?: boolean | null;
  positionLimit?: Decimal | null;
  spotMakerFee: Decimal;
  spotTakerFee: Decimal;
  triggerOrders?: number | null;
}

export interface Balance {
  available: Decimal;
  locked: Decimal;
  staked: Decimal;
}

export interface BorrowLendMovement {
  eventType: string;
  symbol: string;
  quantity: Decimal;
  source?: string | null;
  timestamp?: string | number | null;
  positionId?: string | null;
  spotMarginOrderId?: string | null;
  positionQuantity?: Decimal | null;
}

export interface BorrowLendPosition {
  id: string;
  symbol: string;
  netQuantity: Decimal;
  cumulativeInterest?: Decimal | null;
  imf?: Decimal | null;
  mmf?: Decimal | null;
  markPrice?: Decimal | null;
  netExposureQuantity?: Decimal | null;
  netExposureNotional?: Decimal | null;
  estLiquidationPrice?: Decimal | null;
}

export interface Deposit {
  id: string;
  symbol: string;
  quantity: Decimal;
  status: string;
  createdAt?: string | number | null;
  source?: string | null;
  fromAddress?: string | null;
  toAddress?: string | null;
  transactionHash?: string | null;
}

export interface DepositAddress {
  address: string;
}

export interface DustConversion {
  id: string;
  symbol: string;
  quantity: Decimal;
  usdcReceived?: Decimal | null;
  timestamp?: string | number | null;
}

export interface Fill {
  clientId?: string | null;
  fee?: Decimal | null;
  feeSymbol?: string | null;
  isMaker?: boolean | null;
  orderId: string;
  price: Decimal;
  quantity: Decimal;
  side: string;
  symbol: string;
  timestamp: string | number;
  tradeId?: string | null;
}

export interface HistoricOrder {
  id: string;
  clientId?: number | null;
  executedQuantity?: Decimal | null;
  executedQuoteQuantity?: Decimal | null;
  orderType: string;
  postOnly?: boolean | null;
  price?: Decimal | null;
  quantity?: Decimal | null;
  quoteQuantity?: Decimal | null;
  reduceOnly?: boolean | null;
  side: string;
  status: string;
  symbol: string;
  timeInForce?: string | null;
  triggerBy?: string | null;
  triggerPrice?: Decimal | null;
  triggerQuantity?: string | null;
  selfTradePrevention?: string | null;
  stopLossTriggerPrice?: Decimal | null;
  stopLossLimitPrice?: Decimal | null;
  takeProfitTriggerPrice?: Decimal | null;
  takeProfitLimitPrice?: Decimal | null;
  stopLossTriggerBy?: string | null;
  takeProfitTriggerBy?: string | null;
  relatedOrderId?: string | null;
  createdAt: string | number;
  expiryReason?: string | null;
}

export interface MarginSummary {
  netEquity: Decimal;
  netEquityAvailable: Decimal;
  collateral: {
    symbol: string;
    assetMarkPrice?: Decimal | null;
    totalQuantity?: Decimal | null;
    balanceNotional?: Decimal | null;
    collateralWeight?: Decimal | null;
    collateralValue?: Decimal | null;
    openOrderQuantity?: Decimal | null;
    lendQuantity?: Decimal | null;
    availableQuantity?: Decimal | null;
  }[];
  assetsValue?: Decimal | null;
  borrowLiability?: Decimal | null;
  imf?: Decimal | null;
  unsettledEquity?: Decimal | null;
  liabilitiesValue?: Decimal | null;
  marginFraction?: Decimal | null;
  mmf?: Decimal | null;
  netEquityLocked?: Decimal | null;
  netExposureFutures?: Decimal | null;
  pnlUnrealized?: Decimal | null;
}

export interface MaxBorrow {
  symbol: string;
  maxBorrowQuantity: Decimal;
}

export interface MaxOrder {
  symbol: string;
  side: string;
  maxOrderQuantity: Decimal;
  price?: Decimal | null;
  reduceOnly?: boolean | null;
  autoBorrow?: boolean | null;
  autoBorrowRepay?: boolean | null;
  autoLendRedeem?: boolean | null;
}

export interface MaxWithdrawal {
  symbol: string;
  maxWithdrawalQuantity: Decimal;
  autoBorrow?: boolean | null;
  autoLendRedeem?: boolean | null;
}

export interface Order {
  id: string;
  clientId?: number | null;
  executedQuantity?: Decimal | null;
  executedQuoteQuantity?: Decimal | null;
  orderType: string;
  postOnly?: boolean | null;
  price?: Decimal | null;
  quantity?: Decimal | null;
  quoteQuantity?: Decimal | null;
  reduceOnly?: boolean | null;
  side: string;
  status: string;
  symbol: string;
  timeInForce?: string | null;
  triggerBy?: string | null;
  triggerPrice?: Decimal | null;
  triggerQuantity?: string | null;
  selfTradePrevention?: string | null;
  stopLossTriggerPrice?: Decimal | null;
  stopLossLimitPrice?: Decimal | null;
  takeProfitTriggerPrice?: Decimal | null;
  takeProfitLimitPrice?: Decimal | null;
  stopLossTriggerBy?: string | null;
  takeProfitTriggerBy?: string | null;
  relatedOrderId?: string | null;
  createdAt: number;
}

export interface Position {
  entryPrice: Decimal;
  estLiquidationPrice?: Decimal | null;
  imf?: Decimal | null;
  netExposureNotional?: Decimal | null;
  markPrice: Decimal;
  netQuantity: Decimal;
  pnlUnrealized: Decimal;
  symbol: string;
}

export interface Quote {
  rfqId: string;
  quoteId: string;
  clientId?: number | null;
  bidPrice: Decimal;
  askPrice: Decimal;
  status: string;
  createdAt?: string | number | null;
}

export interface Rfq {
  rfqId: string;
  symbol: string;
  side: string;
  status: string;
  clientId?: number | null;
  price?: Decimal | null;
  quantity?: Decimal | null;
  quoteQuantity?: Decimal | null;
  submissionTime?: string | number | null;
  expiryTime?: string | number | null;
  createdAt?: string | number | null;
  executionMode?: string | null;
  systemOrderType?: string | null;
}

export interface Strategy {
  id: string;
  symbol: string;
  side: string;
  status: string;
  clientStrategyId?: number | null;
  createdAt: string | number;
  quantity?: Decimal | null;
  duration?: number | null;
  interval?: number | null;
  executedQuantity?: Decimal | null;
  executedQuoteQuantity?: Decimal | null;
  slippageTolerance?: Decimal | null;
  randomizedIntervalQuantity?: boolean | null;
  reduceOnly?: boolean | null;
  strategyType?: string | null;
  timeInForce?: string | null;
  selfTradePrevention?: string | null;
  slippageToleranceType?: string | null;
  cancelReason?: string | null;
}

export interface VaultMint {
  id: string;
  vaultId: number;
  quantity: Decimal;
  symbol?: string | null;
  vaultToken?: string | null;
  vaultTokensMinted?: Decimal | null;
  nav?: Decimal | null;
  timestamp?: string | number | null;
}

export interface VaultNav {
  nav: Decimal;
  twapNav?: Decimal | null;
  mintNav?: Decimal | null;
  redeemNav?: Decimal | null;
  vaultEquity?: Decimal | null;
  netEquity?: Decimal | null;
  tokenCirculatingSupply?: Decimal | null;
  lastCrankTimestamp?: string | number | null;
}

export interface VaultRedeem {
  id: string;
  vaultId: number;
  status: string;
  vaultTokenQuantity?: Decimal | null;
  timestamp?: string | number | null;
  vaultToken?: string | null;
  symbol?: string | null;
  reason?: string | null;
  quantity?: Decimal | null;
  nav?: Decimal | null;
}

export interface Withdrawal {
  id: string;
  symbol: string;
  quantity: Decimal;
  status: string;
  createdAt?: string | number | null;
  blockchain?: string | null;
  toAddress?: string | null;
  clientId?: string | null;
  fee?: Decimal | null;
  transactionHash?: string | null;
  identifier?: string | null;
  isInternal?: boolean | null;
  triggerAt?: string | number | null;
}

/** Every instruction that a page may name. */
export interface Instructions {
  /** `GET /api/v1/account` */
  accountQuery: {
    scope: 'read';
    params: Record<string, never>;
    answer: AccountSummary;
  };
  /** `PATCH /api/v1/account` */
  accountUpdate: {
    scope: 'account';
    params: {
      autoBorrowSettlements?: boolean;
      autoLend?: boolean;
      autoRepayBorrows?: boolean;
      leverageLimit?: Decimal;
    };
    answer: undefined;
  };
  /** `POST /api/v1/account/convertDust` */
  convertDust: {
    scope: 'trade';
    params: {
      symbol?: string;
    };
    answer: undefined;
  };
  /** `GET /api/v1/account/limits/borrow` */
  maxBorrowQuantity: {
    scope: 'read';
    params: {
      symbol: string;
    };
    answer: MaxBorrow;
  };
  /** `GET /api/v1/account/limits/order` */
  maxOrderQuantity: {
    scope: 'read';
    params: {
      symbol: string;
      side: 'Bid' | 'Ask';
      price?: Decimal;
      reduceOnly?: boolean;
      autoLendRedeem?: boolean;
      autoBorrow?: boolean;
      autoBorrowRepay?: boolean;
    };
    answer: MaxOrder;
  };
  /** `GET /api/v1/capital` */
  balanceQuery: {
    scope: 'read';
    params: Record<string, never>;
    answer: Record<string, Balance>;
  };
  /** `GET /api/v1/capital/collateral` */
  collateralQuery: {
    scope: 'read';
    params: {
      subaccountId?: number;
    };
    answer: MarginSummary;
  };
  /** `GET /wapi/v1/capital/deposits` */
  depositQueryAll: {
    scope: 'read';
    params: {
      from?: number;
      to?: number;
      limit?: number;
      offset?: number;
      excludePlatform?: boolean;
    };
    answer: Deposit[];
  };
  /** `GET /wapi/v1/capital/deposit/address` */
  depositAddressQuery: {
    scope: 'read';
    params: {
      blockchain: string;
    };
    answer: DepositAddress;
  };
  /** `GET /wapi/v1/capital/withdrawals` */
  withdrawalQueryAll: {
    scope: 'read';
    params: {
      from?: number;
      to?: number;
      limit?: number;
      offset?: number;
      id?: number;
      clientId?: string;
    };
    answer: Withdrawal[];
  };
  /** `POST /wapi/v1/capital/withdrawals` */
  withdraw: {
    scope: 'withdraw';
    params: {
      address: string;
      blockchain: string;
      quantity: Decimal;
      symbol: string;
      clientId?: string;
      autoBorrow?: boolean;
      autoLendRedeem?: boolean;
    };
    answer: Withdrawal;
  };
  /** `GET /api/v1/account/limits/withdrawal` */
  maxWithdrawalQuantity: {
    scope: 'read';
    params: {
      symbol: string;
      autoBorrow?: boolean;
      autoLendRedeem?: boolean;
    };
    answer: MaxWithdrawal;
  };
  /** `GET /api/v1/order` */
  orderQuery: {
    scope: 'read';
    params: {
      symbol: string;
      orderId?: string;
      clientId?: number;
    };
    answer: Order;
  };
  /** `GET /api/v1/orders` */
  orderQueryAll: {
    scope: 'read';
    params: {
      symbol?: string;
      marketType?: 'SPOT' | 'PERP' | 'IPERP' | 'DATED' | 'PREDICTION' | 'RFQ';
    };
    answer: Order[];
  };
  /** `POST /api/v1/order` */
  orderExecute: {
    scope: 'trade';
    params: {
      symbol: string;
      side: 'Bid' | 'Ask';
      orderType: 'Limit' | 'Market';
      quantity?: Decimal;
      quoteQuantity?: Decimal;
      clientId?: number;
      autoLend?: boolean;
      autoLendRedeem?: boolean;
      autoBorrow?: boolean;
      autoBorrowRepay?: boolean;
      slippageTolerance?: Decimal;
      slippageToleranceType?: 'TickSize' | 'Percent';
      brokerId?: number;
      postOnly?: boolean;
      reduceOnly?: boolean;
      price?: Decimal;
      selfTradePrevention?: 'RejectTaker' | 'RejectMaker' | 'RejectBoth';
      timeInForce?: 'GTC' | 'IOC' | 'FOK';
      triggerPrice?: Decimal;
      triggerQuantity?: Decimal | string;
      triggerBy?: 'MarkPrice' | 'LastPrice' | 'IndexPrice';
      stopLossTriggerPrice?: Decimal;
      stopLossLimitPrice?: Decimal;
      stopLossTriggerBy?: 'MarkPrice' | 'LastPrice' | 'IndexPrice';
      takeProfitTriggerPrice?: Decimal;
      takeProfitLimitPrice?: Decimal;
      takeProfitTriggerBy?: 'MarkPrice' | 'LastPrice' | 'IndexPrice';
    };
    answer: Order;
  };
  /** `DELETE /api/v1/order` */
  orderCancel: {
    scope: 'trade';
    params: {
      symbol: string;
      orderId?: string;
      clientId?: number;
    };
    answer: Order | undefined;
  };
  /** `DELETE /api/v1/orders` */
  orderCancelAll: {
    scope: 'trade';
    params: {
      symbol: string;
      orderType?: 'RestingLimitOrder' | 'ConditionalOrder';
    };
    answer: Order[] | undefined;
  };
  /** `GET /wapi/v1/history/orders` */
  orderHistoryQueryAll: {
    scope: 'read';
    params: {
      orderId?: string;
      strategyId?: string;
      symbol?: string;
      marketType?: 'SPOT' | 'PERP' | 'IPERP' | 'DATED' | 'PREDICTION' | 'RFQ';
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: HistoricOrder[];
  };
  /** `GET /wapi/v1/history/fills` */
  fillHistoryQueryAll: {
    scope: 'read';
    params: {
      orderId?: string;
      strategyId?: string;
      symbol?: string;
      marketType?: 'SPOT' | 'PERP' | 'IPERP' | 'DATED' | 'PREDICTION' | 'RFQ';
      fillType?:
        | 'User'
        | 'BookLiquidation'
        | 'Adl'
        | 'Backstop'
        | 'Liquidation'
        | 'AllLiquidation'
        | 'CollateralConversion'
        | 'CollateralConversionAndSpotLiquidation';
      from?: number;
      to?: number;
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: Fill[];
  };
  /** `GET /api/v1/position` */
  positionQuery: {
    scope: 'read';
    params: {
      symbol?: string;
      marketType?: 'SPOT' | 'PERP' | 'IPERP' | 'DATED' | 'PREDICTION' | 'RFQ';
    };
    answer: Position[];
  };
  /** `GET /wapi/v1/history/position` */
  positionHistoryQueryAll: {
    scope: 'read';
    params: {
      symbol?: string;
      marketType?: 'SPOT' | 'PERP' | 'IPERP' | 'DATED' | 'PREDICTION' | 'RFQ';
      state?: 'Open' | 'Closed';
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: {
      id: string;
      symbol: string;
      state?: string | null;
      openedAt?: string | number | null;
      closedAt?: string | number | null;
      netQuantity?: Decimal | null;
      netExposureQuantity?: Decimal | null;
      netExposureNotional?: Decimal | null;
      netCost?: Decimal | null;
      markPrice?: Decimal | null;
      entryPrice?: Decimal | null;
      cumulativePnlRealized?: Decimal | null;
      unrealizedPnl?: Decimal | null;
      fundingQuantity?: Decimal | null;
      interest?: Decimal | null;
      liquidated?: Decimal | null;
      imf?: Decimal | null;
      fees?: Decimal | null;
      closedVolume?: Decimal | null;
      liquidationFees?: Decimal | null;
      closingPrice?: Decimal | null;
      accountLeverage?: Decimal | null;
    }[];
  };
  /** `GET /wapi/v1/history/funding` */
  fundingHistoryQueryAll: {
    scope: 'read';
    params: {
      symbol?: string;
      subaccountId?: number;
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: {
      symbol: string;
      quantity: Decimal;
      fundingRate?: Decimal | null;
      intervalEndTimestamp?: string | number | null;
    }[];
  };
  /** `GET /api/v1/borrowLend/positions` */
  borrowLendPositionQuery: {
    scope: 'read';
    params: Record<string, never>;
    answer: BorrowLendPosition[];
  };
  /** `POST /api/v1/borrowLend` */
  borrowLendExecute: {
    scope: 'trade';
    params: {
      symbol: string;
      side: 'Borrow' | 'Lend';
      quantity: Decimal;
    };
    answer: undefined;
  };
  /** `POST /api/v1/rfq` */
  rfqSubmit: {
    scope: 'trade';
    params: {
      symbol: string;
      side: 'Bid' | 'Ask';
      quantity?: Decimal;
      quoteQuantity?: Decimal;
      price?: Decimal;
      executionMode?: 'AwaitAccept' | 'Immediate';
      clientId?: number;
      autoLend?: boolean;
      autoLendRedeem?: boolean;
      autoBorrow?: boolean;
      autoBorrowRepay?: boolean;
    };
    answer: Rfq;
  };
  /** `GET /api/v1/rfqs` */
  rfqQuery: {
    scope: 'read';
    params: {
      symbol?: string;
      rfqId?: string;
      deferredSettlement?: boolean;
      subaccountId?: number;
    };
    answer: {
      rfq: Rfq;
      quotes: Quote[];
    }[];
  };
  /** `POST /api/v1/rfq/accept` */
  quoteAccept: {
    scope: 'trade';
    params: {
      rfqId?: string;
      clientId?: number;
      quoteId: string;
    };
    answer: Rfq;
  };
  /** `POST /api/v1/rfq/refresh` */
  rfqRefresh: {
    scope: 'trade';
    params: {
      rfqId: string;
    };
    answer: Rfq;
  };
  /** `POST /api/v1/rfq/cancel` */
  rfqCancel: {
    scope: 'trade';
    params: {
      rfqId?: string;
      clientId?: number;
    };
    answer: Rfq;
  };
  /** `POST /api/v1/rfq/quote` */
  quoteSubmit: {
    scope: 'trade';
    params: {
      rfqId: string;
      clientId?: number;
      bidPrice: Decimal;
      askPrice: Decimal;
      autoLend?: boolean;
      autoLendRedeem?: boolean;
      autoBorrow?: boolean;
      autoBorrowRepay?: boolean;
    };
    answer: Quote;
  };
  /** `GET /wapi/v1/history/rfq` */
  rfqHistoryQueryAll: {
    scope: 'read';
    params: {
      rfqId?: string;
      symbol?: string;
      status?:
        | 'Cancelled'
        | 'Expired'
        | 'Filled'
        | 'New'
        | 'PartiallyFilled'
        | 'TriggerPending'
        | 'TriggerFailed';
      side?: 'Bid' | 'Ask';
      deferredSettlement?: boolean;
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: {
      rfqId: string;
      symbol: string;
      side: string;
      status: string;
      clientId?: number | null;
      price?: Decimal | null;
      quantity?: Decimal | null;
      quoteQuantity?: Decimal | null;
      submissionTime?: string | number | null;
      expiryTime?: string | number | null;
      createdAt?: string | number | null;
      executionMode?: string | null;
      systemOrderType?: string | null;
      deferredSettlementQuoteId?: string | null;
    }[];
  };
  /** `GET /wapi/v1/history/quote` */
  quoteHistoryQueryAll: {
    scope: 'read';
    params: {
      quoteId?: string;
      symbol?: string;
      status?:
        | 'Cancelled'
        | 'Expired'
        | 'Filled'
        | 'New'
        | 'PartiallyFilled'
        | 'TriggerPending'
        | 'TriggerFailed';
      deferredSettlement?: boolean;
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: {
      rfqId: string;
      quoteId: string;
      clientId?: number | null;
      bidPrice: Decimal;
      askPrice: Decimal;
      status: string;
      createdAt?: string | number | null;
      deferredSettlement?: boolean | null;
    }[];
  };
  /** `GET /wapi/v1/history/rfq/fill` */
  rfqFillHistoryQueryAll: {
    scope: 'read';
    params: {
      quoteId?: string;
      symbol?: string;
      side?: 'Bid' | 'Ask';
      fillType?: 'User' | 'CollateralConversion';
      deferredSettlement?: boolean;
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: {
      rfqId: string;
      quoteId: string;
      symbol: string;
      side: string;
      clientId?: number | null;
      fillPrice: Decimal;
      quantity?: Decimal | null;
      createdAt?: string | number | null;
      filledAt?: string | number | null;
      quoteQuantity?: Decimal | null;
      systemOrderType?: string | null;
    }[];
  };
  /** `GET /wapi/v1/history/quote/fill` */
  quoteFillHistoryQueryAll: {
    scope: 'read';
    params: {
      quoteId?: string;
      symbol?: string;
      side?: 'Bid' | 'Ask';
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: {
      rfqId: string;
      quoteId: string;
      symbol: string;
      side: string;
      clientId?: number | null;
      fillPrice: Decimal;
      quantity?: Decimal | null;
      createdAt?: string | number | null;
      filledAt?: string | number | null;
      fee?: Decimal | null;
      feeSymbol?: string | null;
    }[];
  };
  /** `POST /api/v1/strategy` */
  strategyCreate: {
    scope: 'trade';
    params: {
      symbol: string;
      side: 'Bid' | 'Ask';
      strategyType: 'Scheduled';
      quantity: Decimal;
      duration: number;
      interval: number;
      randomizedIntervalQuantity?: boolean;
      clientStrategyId?: number;
      autoLend?: boolean;
      autoLendRedeem?: boolean;
      autoBorrow?: boolean;
      autoBorrowRepay?: boolean;
      slippageTolerance?: Decimal;
      slippageToleranceType?: 'TickSize' | 'Percent';
      brokerId?: number;
      postOnly?: boolean;
      reduceOnly?: boolean;
      price?: Decimal;
      selfTradePrevention?: 'RejectTaker' | 'RejectMaker' | 'RejectBoth';
      timeInForce?: 'GTC' | 'IOC' | 'FOK';
    };
    answer: Strategy;
  };
  /** `GET /api/v1/strategy` */
  strategyQuery: {
    scope: 'read';
    params: {
      symbol: string;
      strategyId?: string;
      clientStrategyId?: number;
    };
    answer: Strategy;
  };
  /** `DELETE /api/v1/strategy` */
  strategyCancel: {
    scope: 'trade';
    params: {
      symbol: string;
      strategyId?: string;
      clientStrategyId?: number;
    };
    answer: Strategy | undefined;
  };
  /** `GET /api/v1/strategies` */
  strategyQueryAll: {
    scope: 'read';
    params: {
      symbol?: string;
      marketType?: 'SPOT' | 'PERP' | 'IPERP' | 'DATED' | 'PREDICTION' | 'RFQ';
      strategyType?: 'Scheduled';
    };
    answer: Strategy[];
  };
  /** `DELETE /api/v1/strategies` */
  strategyCancelAll: {
    scope: 'trade';
    params: {
      symbol: string;
      strategyType?: 'Scheduled';
    };
    answer: Strategy[] | undefined;
  };
  /** `GET /wapi/v1/history/strategies` */
  strategyHistoryQueryAll: {
    scope: 'read';
    params: {
      strategyId?: string;
      symbol?: string;
      marketType?: 'SPOT' | 'PERP' | 'IPERP' | 'DATED' | 'PREDICTION' | 'RFQ';
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: Strategy[];
  };
  /** `POST /api/v1/vault/mint` */
  vaultMint: {
    scope: 'account';
    params: {
      vaultId: number;
      symbol: string;
      quantity: Decimal;
      autoBorrow?: boolean;
      autoLendRedeem?: boolean;
    };
    answer: undefined;
  };
  /** `POST /api/v1/vault/redeem` */
  vaultRedeemRequest: {
    scope: 'trade';
    params: {
      vaultId: number;
      vaultTokenQuantity?: Decimal;
    };
    answer: undefined;
  };
  /** `DELETE /api/v1/vault/redeem` */
  vaultRedeemCancel: {
    scope: 'trade';
    params: {
      vaultId: number;
    };
    answer: undefined;
  };
  /** `GET /api/v1/vault/redeems/pending` */
  vaultPendingRedeemsQuery: {
    scope: 'read';
    params: {
      vaultId: number;
    };
    answer: VaultRedeem[];
  };
  /** `GET /api/v1/vault/nav` */
  vaultNavQuery: {
    scope: 'read';
    params: Record<string, never>;
    answer: VaultNav;
  };
  /** `GET /wapi/v1/history/vault/mint` */
  vaultMintHistoryQueryAll: {
    scope: 'read';
    params: {
      vaultId?: number;
      subaccountId?: number;
      limit?: number;
      offset?: number;
    };
    answer: VaultMint[];
  };
  /** `GET /wapi/v1/history/vault/redeem` */
  vaultRedeemHistoryQueryAll: {
    scope: 'read';
    params: {
      vaultId?: number;
      subaccountId?: number;
      limit?: number;
      offset?: number;
    };
    answer: VaultRedeem[];
  };
  /** `GET /wapi/v1/history/dust` */
  dustHistoryQueryAll: {
    scope: 'read';
    params: {
      id?: number;
      symbol?: string;
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: DustConversion[];
  };
  /** `GET /wapi/v1/history/settlement` */
  settlementHistoryQueryAll: {
    scope: 'read';
    params: {
      source?:
        | 'BackstopLiquidation'
        | 'CulledBorrowInterest'
        | 'CulledRealizePnl'
        | 'CulledRealizePnlBookUtilization'
        | 'FundingPayment'
        | 'RealizePnl'
        | 'TradingFees'
        | 'TradingFeesSystem';
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: {
      quantity: Decimal;
      source: string;
      timestamp?: string | number | null;
      positionId?: string | null;
      engineSequence?: string | null;
    }[];
  };
  /** `GET /wapi/v1/history/borrowLend` */
  borrowHistoryQueryAll: {
    scope: 'read';
    params: {
      type?: 'Borrow' | 'BorrowRepay' | 'Lend' | 'LendRedeem';
      sources?: string;
      positionId?: string;
      symbol?: string;
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: BorrowLendMovement[];
  };
  /** `GET /wapi/v1/history/borrowLend/positions` */
  borrowPositionHistoryQueryAll: {
    scope: 'read';
    params: {
      symbol?: string;
      side?: 'Borrow' | 'Lend';
      state?: 'Open' | 'Closed';
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: {
      positionId: string;
      symbol: string;
      quantity: Decimal;
      source?: string | null;
      side?: string | null;
      cumulativeInterest?: Decimal | null;
      avgInterestRate?: Decimal | null;
      createdAt?: string | number | null;
    }[];
  };
  /** `GET /wapi/v1/history/interest` */
  interestHistoryQueryAll: {
    scope: 'read';
    params: {
      asset?: string;
      symbol?: string;
      positionId?: string;
      source?: 'UnrealizedPnl' | 'BorrowLend';
      limit?: number;
      offset?: number;
      sortDirection?: 'Asc' | 'Desc';
    };
    answer: {
      quantity: Decimal;
      symbol: string;
      paymentType?: string | null;
      marketSymbol?: string | null;
      interestRate?: Decimal | null;
      interval?: number | null;
      positionId?: string | null;
      timestamp?: string | number | null;
    }[];
  };
}

// From the instruction table. End.

export type Instruction = keyof Instructions;
export type ParamsOf<I extends Instruction> = Instructions[I]['params'];
export type AnswerOf<I extends Instruction> = Instructions[I]['answer'];

/** What `sign` signs: reads and trades. Withdrawals and account changes are only ever sent by Buckle itself. */
export type SignableInstruction = {
  [I in Instruction]: Instructions[I]['scope'] extends 'read' | 'trade' ? I : never;
}[Instruction];

/** The codes of EIP-1193 and JSON-RPC, and 5000 and up for what became of a request, by the reason that says more. */
export const BUCKLE_ERRORS = {
  /** The person said no, or closed the window. */
  rejected: 4001,
  /** The person has not let this site in, or has shut it out again. */
  'not-connected': 4100,
  /** No account is bound to the site yet, or its powers do not cover this: `connect` first. */
  'not-granted': 4100,
  /** The account that the site was bound to is gone from Buckle, or the exchange does not know its key: `connect` again. */
  'account-removed': 4100,
  /** There is no such instruction or method for pages. */
  unsupported: 4200,
  /** Nobody unlocked Buckle within the time that the call gave (`unlockWithinMs`). */
  locked: 4900,
  /** Buckle was updated, restarted or removed while the call waited. Nothing of it was sent. Further calls end so until the page is loaded anew. */
  disconnected: 4900,
  /** `data`: `path` of the field, `reason`, and where there is one the `limit` that was missed. */
  'invalid-params': -32602,
  /** So many calls of this site wait already: `data.limit`. */
  'queue-full': -32005,
  /** More calls than `data.limit` a minute; `data.retryAfterMs` says when there is room again. */
  'rate-limit': -32005,
  /** A bug of Buckle's. */
  internal: -32603,
  /** The exchange refused and nothing took effect: its `status`, `code` and `message` in `data`. */
  'exchange-refused': 5000,
  /** It may have been sent, and the answer is missing. Never send it again: the event `settled` tells the end, or a look by your `clientId`. */
  'outcome-unknown': 5001,
  /** The exchange could not be reached, and nothing was changed. `data.kind`: offline, timeout, connection, forbidden. */
  network: 5002,
  /** The exchange answered a read with something that is not its API. */
  'bad-answer': 5003,
  /** Refused as expired although the exchange's own clock was used. */
  'clock-skew': 5004,
  /** It was decided, and is certain never to have left or not to have taken effect. */
  'not-sent': 5005,
} as const;

export type BuckleErrorReason = keyof typeof BUCKLE_ERRORS;

/** What every method rejects with. Its `message` is for developers: `Buckle: invalid-params, path price, reason tick`. */
export interface BuckleError extends Error {
  readonly name: 'BuckleError';
  readonly code: number;
  readonly reason: BuckleErrorReason;
  readonly data: Readonly<Record<string, string | number>>;
  /** What Buckle knows the call by; a `settled` event carries the same. */
  readonly id?: string;
}

/** What a site can be given without being asked each time. Withdrawals and account changes never can. */
export type Scope = 'read' | 'trade';

/** Powers that the person gave, with their limits. Notionals in USDC as decimal text. */
export interface SiteGrant {
  scopes: Scope[];
  markets: 'all' | string[];
  /** Kinds of orders; anything but a plain limit or market order or a cancel is asked each time. */
  kinds: ('limit' | 'market' | 'cancel')[];
  reduceOnly: boolean;
  maxOrder?: Decimal;
  maxDay?: Decimal;
  /** Of requests that change something; reads are not counted. */
  maxPerMinute: number;
  /** Unix ms, as is the next. */
  expiresAt: number;
  createdAt: number;
}

export interface Connection {
  /** The account that the person chose. Your site stays bound to it. */
  account: { apiKey: string; label: string };
  /** What was given; it may be less than what was asked for. */
  grants: SiteGrant[];
}

export interface Permissions {
  /** While Buckle is locked it cannot know your account and grants. */
  locked: boolean;
  account?: Connection['account'];
  grants: SiteGrant[];
}

export interface WaitOptions {
  /** How long the call waits for Buckle to be unlocked, in ms: 0 to 600000, 120000 unless given. */
  unlockWithinMs?: number;
}

export interface SignOptions extends WaitOptions {
  /** Validity of the signature in ms, 1 to 60000; for anything that trades at most 5000. */
  window?: number;
}

/** A signed request, to be sent as it stands before `X-Timestamp` + `X-Window` have passed. */
export interface SignedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** `null` where the parameters are in the address. */
  body: string | null;
}

/** The frame to send on `wss://ws.backpack.exchange`. */
export interface Subscription {
  method: 'SUBSCRIBE';
  params: string[];
  signature: string[];
}

/** How a `send` that was answered with `outcome-unknown` ended. `id` is the error's. */
export interface Settled {
  id: string;
  instruction: string;
  /** `partly`: of several orders some were placed, and the rest certainly not. */
  outcome: 'placed' | 'partly' | 'done' | 'pending' | 'refused' | 'absent' | 'notSent' | 'unknown';
  orderId?: string;
  orderStatus?: string;
  executedQuantity?: Decimal;
  executedQuoteQuantity?: Decimal;
  withdrawalId?: string;
  /** Of several orders, each in its place. */
  parts?: SettledPart[];
}

export interface SettledPart {
  clientId: number;
  outcome: 'placed' | 'refused' | 'absent' | 'notSent' | 'unknown';
  orderId?: string;
  orderStatus?: string;
  executedQuantity?: Decimal;
  executedQuoteQuantity?: Decimal;
}

/** One of several orders, in its place: placed, or refused with the exchange's reason. */
export type BatchAnswer =
  | ({ operation: 'Ok' } & AnswerOf<'orderExecute'>)
  | { operation: 'Err'; code: string; message: string };

export interface BuckleEvents {
  connect: Connection;
  disconnect: Record<string, never>;
  lock: Record<string, never>;
  unlock: Record<string, never>;
  settled: Settled;
}
export type BuckleEventName = keyof BuckleEvents;

type Given<P, O> =
  Record<string, never> extends P ? [params?: P, options?: O] : [params: P, options?: O];
type Method<I extends Instruction> = (
  ...given: Given<ParamsOf<I>, WaitOptions>
) => Promise<AnswerOf<I>>;

/** The methods of `client`, and the instruction that each one sends. */
export const CLIENT_METHODS = {
  balances: 'balanceQuery',
  deposits: 'depositQueryAll',
  depositAddress: 'depositAddressQuery',
  getWithdrawals: 'withdrawalQueryAll',
  withdrawal: 'withdraw',
  orderHistoryQuery: 'orderHistoryQueryAll',
  fillHistoryQuery: 'fillHistoryQueryAll',
  orderQuery: 'orderQuery',
  exeOrder: 'orderExecute',
  orderCancel: 'orderCancel',
  ordersQuery: 'orderQueryAll',
  orderCancelAll: 'orderCancelAll',
} as const;

/** Each takes the instruction's parameters as one object. */
export type BuckleClient = {
  readonly [M in keyof typeof CLIENT_METHODS]: Method<(typeof CLIENT_METHODS)[M]>;
};

export interface Buckle {
  /** Asks the person for an account and for powers. `reason` is shown as your words. */
  connect(request: { scopes: Scope[]; reason?: string } & WaitOptions): Promise<Connection>;
  /** Gives everything back: grants, the browser's permission, and Buckle's scripts on later visits. */
  disconnect(): Promise<void>;
  permissions(): Promise<Permissions>;
  /** Signed and sent by Buckle, once; the exchange's answer. What your grants do not cover, the person is asked. */
  send<I extends Instruction>(
    instruction: I,
    ...given: Given<ParamsOf<I>, WaitOptions>
  ): Promise<AnswerOf<I>>;
  /** Up to 20 orders as one request, decided on as one. Each is placed or refused by itself; the answers stand in their places. */
  send(
    instruction: 'orderExecute',
    orders: readonly ParamsOf<'orderExecute'>[],
    options?: WaitOptions,
  ): Promise<BatchAnswer[]>;
  /** Signed by Buckle, sent by you. Anything that trades is asked each time. */
  sign<I extends SignableInstruction>(
    instruction: I,
    ...given: Given<ParamsOf<I>, SignOptions>
  ): Promise<SignedRequest>;
  signBatch(
    orders: readonly ParamsOf<'orderExecute'>[],
    options?: SignOptions,
  ): Promise<SignedRequest>;
  /** Opens private streams, such as `account.orderUpdate`. The exchange refuses one that is not new: ask again to reconnect. */
  signSubscription(streams: readonly string[], options?: WaitOptions): Promise<Subscription>;
  /** Returns the way to stop. */
  on<N extends BuckleEventName>(name: N, listener: (data: BuckleEvents[N]) => void): () => void;
  readonly client: BuckleClient;
}

/** After EIP-6963: `buckle:announce` comes at the start and after each `buckle:request` that a page dispatches on `window`. */
export interface BuckleAnnouncement {
  readonly info: {
    readonly uuid: string;
    readonly name: string;
    readonly icon: string;
    readonly rdns: string;
  };
  readonly provider: Buckle;
}

declare global {
  interface Window {
    readonly buckle?: Buckle;
  }
  interface WindowEventMap {
    'buckle:announce': CustomEvent<BuckleAnnouncement>;
    'buckle:request': Event;
  }
}
