import * as v from 'valibot';
import { EMPTY_DRAFT, FORM_TYPES, type OrderDraft, TRIGGERS } from '../../exchange/order-draft.ts';

const text = v.pipe(v.string(), v.maxLength(100));
/** A field that came later than some drafts: they leave it empty. */
const later = v.optional(text, '');
const off = v.optional(v.boolean(), false);
const triggerBy = v.optional(v.picklist([...TRIGGERS, '']), '');

/** A draft as it was kept, perhaps by an earlier version. */
export const storedDraft: v.GenericSchema<unknown, OrderDraft> = v.object({
  symbol: text,
  side: v.picklist(['Bid', 'Ask']),
  orderType: v.picklist(FORM_TYPES),
  price: text,
  quantity: text,
  sizeIn: v.picklist(['base', 'quote', 'share']),
  timeInForce: v.picklist(['GTC', 'IOC', 'FOK']),
  postOnly: v.boolean(),
  reduceOnly: v.boolean(),
  triggerPrice: later,
  triggerBy,
  stopLossTriggerPrice: later,
  stopLossLimitPrice: later,
  stopLossTriggerBy: triggerBy,
  takeProfitTriggerPrice: later,
  takeProfitLimitPrice: later,
  takeProfitTriggerBy: triggerBy,
  slippageTolerance: later,
  slippageToleranceType: v.optional(v.picklist(['Percent', 'TickSize']), 'Percent'),
  selfTradePrevention: v.optional(v.picklist(['RejectTaker', 'RejectMaker', 'RejectBoth', '']), ''),
  clientId: later,
  autoBorrow: off,
  autoBorrowRepay: off,
  autoLend: off,
  autoLendRedeem: off,
  ladderFrom: later,
  ladderTo: later,
  ladderCount: v.optional(text, EMPTY_DRAFT.ladderCount),
  ladderSizes: v.optional(v.picklist(['even', 'rising']), 'even'),
});
