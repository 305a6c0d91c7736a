import { describe, expect, it } from 'vitest';
import { orders } from '../../../src/exchange/types.ts';
import { createReads } from '../../../src/ui/state/reads.ts';
import { account, fakeBackground } from './background.ts';
import { openOrder } from './exchange-answers.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => openOrder(`${index}`));

const readsOf = (answer: unknown) =>
  createReads(fakeBackground({ 'exchange.read': () => ({ at: 5, answer }) }).call, () => {
    return account(1).id;
  });

describe('a list of thousands', () => {
  it('comes whole and in order', async () => {
    const { at, value } = await readsOf(many(1001)).account('orderQueryAll', {}, orders);
    expect(at).toBe(5);
    expect(value.map(({ id }) => id)).toEqual(many(1001).map(({ id }) => id));
  });

  it('leaves room for other work while it is checked', async () => {
    let others = 0;
    const busy = setInterval(() => {
      others += 1;
    }, 0);
    await readsOf(many(5000)).account('orderQueryAll', {}, orders);
    clearInterval(busy);
    expect(others).toBeGreaterThan(5);
  });

  it('is refused whole for one row that is wrong, wherever it is', async () => {
    const rows = [...many(900), openOrder('900', { price: 'cheap' }), ...many(50)];
    await expect(readsOf(rows).account('orderQueryAll', {}, orders)).rejects.toMatchObject({
      code: 'BAD_ANSWER',
      data: { kind: 'shape' },
    });
  });
});
