import { hasPositions } from './rules.ts';
import type { Market } from './types.ts';

/** What a form offers as an order's type: a stop waits for its trigger, a ladder is several limit orders. */
export const FORM_TYPES = ['Limit', 'Market', 'StopLimit', 'StopMarket', 'Ladder'] as const;
export type FormType = (typeof FORM_TYPES)[number];

export const TRIGGERS = ['MarkPrice', 'LastPrice', 'IndexPrice'] as const;
export type TriggerBy = (typeof TRIGGERS)[number];

/** An order as it stands in a form: numbers are text, just as typed. Empty is not given. */
export interface OrderDraft {
  symbol: string;
  side: 'Bid' | 'Ask';
  orderType: FormType;
  price: string;
  quantity: string;
  /** What `quantity` counts: the asset that is traded, the one that pays, or percent of the position. */
  sizeIn: 'base' | 'quote' | 'share';
  timeInForce: 'GTC' | 'IOC' | 'FOK';
  postOnly: boolean;
  reduceOnly: boolean;
  triggerPrice: string;
  triggerBy: TriggerBy | '';
  stopLossTriggerPrice: string;
  stopLossLimitPrice: string;
  stopLossTriggerBy: TriggerBy | '';
  takeProfitTriggerPrice: string;
  takeProfitLimitPrice: string;
  takeProfitTriggerBy: TriggerBy | '';
  slippageTolerance: string;
  slippageToleranceType: 'Percent' | 'TickSize';
  selfTradePrevention: 'RejectTaker' | 'RejectMaker' | 'RejectBoth' | '';
  clientId: string;
  autoBorrow: boolean;
  autoBorrowRepay: boolean;
  autoLend: boolean;
  autoLendRedeem: boolean;
  /** A ladder's first and last price, how many orders it has, and how their sizes go from the first to the last. */
  ladderFrom: string;
  ladderTo: string;
  ladderCount: string;
  ladderSizes: 'even' | 'rising';
}

export const EMPTY_DRAFT: OrderDraft = {
  symbol: '',
  side: 'Bid',
  orderType: 'Limit',
  price: '',
  quantity: '',
  sizeIn: 'base',
  timeInForce: 'GTC',
  postOnly: false,
  reduceOnly: false,
  triggerPrice: '',
  triggerBy: '',
  stopLossTriggerPrice: '',
  stopLossLimitPrice: '',
  stopLossTriggerBy: '',
  takeProfitTriggerPrice: '',
  takeProfitLimitPrice: '',
  takeProfitTriggerBy: '',
  slippageTolerance: '',
  slippageToleranceType: 'Percent',
  selfTradePrevention: '',
  clientId: '',
  autoBorrow: false,
  autoBorrowRepay: false,
  autoLend: false,
  autoLendRedeem: false,
  ladderFrom: '',
  ladderTo: '',
  ladderCount: '5',
  ladderSizes: 'even',
};

/** Does it wait for a trigger? */
export const isStop = (type: FormType): boolean => type === 'StopLimit' || type === 'StopMarket';
/** Does it trade at the prices that are there? */
export const isAtMarket = (type: FormType): boolean => type === 'Market' || type === 'StopMarket';

/** What triggers look at unless chosen: a spot market may have no mark price. Always sent, so that it is never a guess. */
export const usualTrigger = (market: Market): TriggerBy =>
  hasPositions(market) ? 'MarkPrice' : 'LastPrice';

/** What a quantity may be counted in besides the asset that is traded. */
export function otherUnit(type: FormType, market: Market): 'quote' | 'share' | undefined {
  if (type === 'Market') return 'quote';
  return isStop(type) && hasPositions(market) ? 'share' : undefined;
}

const NOTHING_ATTACHED = {
  stopLossTriggerPrice: '',
  stopLossLimitPrice: '',
  takeProfitTriggerPrice: '',
  takeProfitLimitPrice: '',
} as const;

/** The draft without what its order type or its market has no field for: what is not in sight must not be in the order. */
export function inSight(draft: OrderDraft, market: Market): OrderDraft {
  const { orderType: type } = draft;
  const rests = !isAtMarket(type);
  const futures = hasPositions(market);
  const isLadder = type === 'Ladder';
  return {
    ...draft,
    ...(isLadder ? { ...NOTHING_ATTACHED, clientId: '' } : {}),
    ...(isStop(type) ? {} : { triggerPrice: '' }),
    sizeIn: draft.sizeIn === otherUnit(type, market) ? draft.sizeIn : 'base',
    timeInForce: rests ? draft.timeInForce : 'GTC',
    postOnly: rests && draft.postOnly,
    reduceOnly: futures && draft.reduceOnly,
    slippageTolerance: rests ? '' : draft.slippageTolerance,
    autoBorrow: !futures && draft.autoBorrow,
    autoBorrowRepay: !futures && draft.autoBorrowRepay,
    autoLend: !futures && draft.autoLend,
    autoLendRedeem: !futures && draft.autoLendRedeem,
  };
}
