import type { Problem } from '../../../exchange/bounds.ts';
import type { OrderDraft } from '../../../exchange/order-draft.ts';
import { inItsField } from '../../../exchange/order-form.ts';
import type { Market } from '../../../exchange/types.ts';
import type { App } from '../../state/app.ts';
import type { MarketData } from '../../state/market.ts';
import { ticket } from '../../state/ticket.ts';
import type { TradeState } from '../../state/trade.ts';
import { t } from '../../text.ts';
import { problemOf, problemText } from '../common/problem-text.ts';
import { useTyping } from '../common/use-typing.ts';

/** Members of the draft that are typed. */
type TextName = {
  [K in keyof OrderDraft]: string extends OrderDraft[K] ? K : never;
}[keyof OrderDraft];

/** What every part of the form needs of it. */
export interface OrderFields {
  trade: TradeState;
  data: MarketData;
  draft: OrderDraft;
  market: Market | undefined;
  change(part: Partial<OrderDraft>): void;
  error(path: string): string | undefined;
  /** A typed field: what stands in it, what is wrong with it, and the fix where there is one. */
  text(name: TextName): {
    value: string;
    onInput: (text: string) => void;
    error: string | undefined;
    fix: { label: string; onPress: () => void } | undefined;
  };
}

/** Fields of the form by their names in a request; what is said of any other is said above the button. */
const PATHS: ReadonlySet<string> = new Set([
  'symbol',
  'orderType',
  'price',
  'quantity',
  'quoteQuantity',
  'triggerQuantity',
  'triggerPrice',
  'stopLossTriggerPrice',
  'stopLossLimitPrice',
  'takeProfitTriggerPrice',
  'takeProfitLimitPrice',
  'slippageTolerance',
  'clientId',
  'postOnly',
  'reduceOnly',
]);

export function useOrderFields(app: App) {
  const { market: data } = app.trading;
  const { trade, placement, ladder } = ticket(app.trading);
  const { typing, onType, onLeave } = useTyping();
  const draft = trade.draft.value;

  const change = (part: Partial<OrderDraft>): void => {
    placement.clearError();
    ladder.clearError();
    trade.change(part);
  };
  const answered = problemOf(placement.error.value, PATHS);
  const problems = [...trade.problems.value, ...(answered ? [inItsField(answered)] : [])];
  const problem = (path: string): Problem | undefined =>
    typing === path ? undefined : problems.find((each) => each.path === path);
  const error = (path: string): string | undefined => {
    const found = problem(path);
    return found && problemText(found);
  };
  const fields: OrderFields = {
    ...{ trade, data, draft, change, error },
    market: trade.market.value,
    text(name) {
      const mended = problem(name)?.suggestions?.[0];
      return {
        value: draft[name],
        onInput(text) {
          onType(name);
          change({ [name]: text });
        },
        error: error(name),
        fix:
          mended === undefined
            ? undefined
            : { label: t('useValue', mended), onPress: () => change({ [name]: mended }) },
      };
    },
  };
  return { fields, onLeave, isBeside: answered !== undefined };
}
