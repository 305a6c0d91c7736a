import * as v from 'valibot';
import type { OrderDraft } from '../../exchange/order-draft.ts';
import { executedOf } from '../../exchange/replacement.ts';
import type { Order } from '../../exchange/types.ts';
import type { Drafts } from './drafts.ts';

const FORM = 'edit';
const text = v.pipe(v.string(), v.maxLength(100));
const typedText = { price: text, quantity: text, triggerPrice: text };
/** What was typed, of which order, and how much of it was filled then: another rest is another quantity. */
const storedEdit = v.object({ orderId: text, executed: text, ...typedText });

/** What was typed into an edit, so that it survives the window. One order's at a time. */
export interface EditDraft {
  /** What an edit of this order was interrupted at; without the quantity where more was filled meanwhile. */
  read(order: Order): Promise<Partial<OrderDraft> | undefined>;
  write(order: Order, draft: OrderDraft): void;
  forget(): void;
}

export const createEditDraft = (drafts: Drafts): EditDraft => ({
  async read(order) {
    const read = v.safeParse(storedEdit, await drafts.read(FORM));
    if (!read.success || read.output.orderId !== order.id) return undefined;
    const { executed, price, quantity, triggerPrice } = read.output;
    return { price, triggerPrice, ...(executed === executedOf(order) ? { quantity } : {}) };
  },
  write: (order, { price, quantity, triggerPrice }) =>
    drafts.write(FORM, {
      ...{ orderId: order.id, executed: executedOf(order) },
      ...{ price, quantity, triggerPrice },
    }),
  forget: () => drafts.write(FORM, null),
});
