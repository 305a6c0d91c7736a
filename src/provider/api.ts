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
  createdAt: string | number;
  expiryReason?: string | null;
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
  createdAt: number;
}

export interface Position {
  entryPrice: Decimal;
  estLiquidationPrice?: Decimal | null;
  markPrice: Decimal;
  netQuantity: Decimal;
  pnlUnrealized: Decimal;
  symbol: string;
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
  /** `GET /api/v1/capital` */
  balanceQuery: {
    scope: 'read';
    params: Record<string, never>;
    answer: Record<string, Balance>;
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
      price?: Decimal;
      quantity?: Decimal;
      quoteQuantity?: Decimal;
      timeInForce?: 'GTC' | 'IOC' | 'FOK';
      postOnly?: boolean;
      reduceOnly?: boolean;
      selfTradePrevention?: 'RejectTaker' | 'RejectMaker' | 'RejectBoth';
      clientId?: number;
      triggerPrice?: Decimal;
      triggerQuantity?: Decimal | string;
      triggerBy?: 'MarkPrice' | 'LastPrice' | 'IndexPrice';
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
      fillType?:
        | 'User'
        | 'BookLiquidation'
        | 'Adl'
        | 'Backstop'
        | 'Liquidation'
        | 'AllLiquidation'
        | 'CollateralConversion'
        | 'CollateralConversionAndSpotLiquidation';
      marketType?: 'SPOT' | 'PERP' | 'IPERP' | 'DATED' | 'PREDICTION' | 'RFQ';
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
  /** Buckle was updated, restarted or removed while the call waited. Nothing was sent. If it goes on, reload the page. */
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
  /** It was sent and the answer is missing: it may have taken effect. Never send it again; the event `settled` tells the end. */
  'outcome-unknown': 5001,
  /** The exchange could not be reached, and nothing was changed. `data.kind`: offline, timeout, connection. */
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
  maxPerMinute: number;
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
  outcome: 'placed' | 'done' | 'pending' | 'refused' | 'absent' | 'notSent' | 'unknown';
  orderId?: string;
  orderStatus?: string;
  executedQuantity?: Decimal;
  executedQuoteQuantity?: Decimal;
  withdrawalId?: string;
}

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
