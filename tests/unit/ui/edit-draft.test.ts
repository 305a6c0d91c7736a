import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { draftOf } from '../../../src/exchange/replacement.ts';
import { type Order, order as orderShape } from '../../../src/exchange/types.ts';
import { createDrafts, type Drafts } from '../../../src/ui/state/drafts.ts';
import { createEditDraft, type EditDraft } from '../../../src/ui/state/edit-draft.ts';
import { fakeBackground } from './background.ts';
import { openOrder } from './exchange-answers.ts';

const row = (more: object = {}): Order =>
  v.parse(orderShape, openOrder('5', { executedQuantity: '0.5', ...more }));
const typedInto = (order: Order, typed: object) => {
  const draft = draftOf(order);
  if (!draft) throw new Error('Buckle has no form for this order');
  return { ...draft, ...typed };
};
/** The draft on disk. */
let kept: unknown;
let drafts: Drafts;
let edits: EditDraft;

beforeEach(() => {
  kept = null;
  const { call } = fakeBackground({
    'drafts.read': () => kept,
    'drafts.write': ({ draft }) => {
      kept = draft;
      return {};
    },
  });
  drafts = createDrafts(call);
  edits = createEditDraft(drafts);
});

describe('the draft of an edit', () => {
  it('gives back what was typed into an edit of that order', async () => {
    edits.write(row(), typedInto(row(), { price: '185.5', quantity: '0.75' }));
    await drafts.flush();
    expect(await edits.read(row())).toEqual({ price: '185.5', quantity: '0.75', triggerPrice: '' });
  });

  it('is nothing for another order, and once it was forgotten', async () => {
    edits.write(row(), typedInto(row(), { price: '185.5' }));
    await drafts.flush();
    expect(await edits.read({ ...row(), id: '6' })).toBeUndefined();
    edits.forget();
    await drafts.flush();
    expect(await edits.read(row())).toBeUndefined();
    expect(kept).toBe(null);
  });

  it('leaves out the quantity where more was filled meanwhile', async () => {
    edits.write(row(), typedInto(row(), { price: '185.5', quantity: '0.75' }));
    await drafts.flush();
    const read = await edits.read(row({ executedQuantity: '0.9' }));
    expect(read).toEqual({ price: '185.5', triggerPrice: '' });
  });

  it.each([[{ orderId: '5', executed: '0.5', price: 185 }], ['text'], [null]])(
    'is nothing where what is on disk is none: %j',
    async (stored) => {
      kept = stored;
      expect(await edits.read(row())).toBeUndefined();
    },
  );
});
