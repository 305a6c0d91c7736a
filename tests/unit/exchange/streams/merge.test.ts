import { describe, expect, it } from 'vitest';
import { assertDecimal } from '../../../../src/core/decimal.ts';
import {
  correctBalances,
  correctOrders,
  correctPositions,
  mergeBalances,
  mergeOrders,
  mergePositions,
  type OrderPicture,
} from '../../../../src/exchange/streams/merge.ts';
import { emptyPicture, markOf } from '../../../../src/exchange/streams/picture.ts';
import type { OrderUpdate, PositionUpdate } from '../../../../src/exchange/streams/updates.ts';
import type { Order } from '../../../../src/exchange/types.ts';

const d = assertDecimal;

const order = (given: Partial<Order> = {}): Order => ({
  ...{ id: '1', symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', status: 'New' },
  ...{ price: d('100'), quantity: d('5'), executedQuantity: d('0'), createdAt: 1 },
  ...given,
});
const update = (at: number, event: string, given: Partial<Order> = {}): OrderUpdate => ({
  ...{ event, at },
  order: order(given),
});
const accepted = (at: number, given: Partial<Order> = {}) => update(at, 'orderAccepted', given);
const filled = (at: number, executed: string, given: Partial<Order> = {}) =>
  update(at, 'orderFill', {
    ...{ status: 'PartiallyFilled', executedQuantity: d(executed) },
    ...given,
  });
const gone = (at: number, given: Partial<Order> = {}) =>
  update(at, 'orderCancelled', { status: 'Cancelled', ...given });

const nothing: OrderPicture = emptyPicture();
const shown = ({ items }: OrderPicture) => [...items.values()];
const shownAfter = (...updates: OrderUpdate[]) => shown(mergeOrders(nothing, updates));

describe('open orders', () => {
  it('come, are filled and go', () => {
    expect(shownAfter(accepted(1))).toMatchObject([{ id: '1', status: 'New' }]);
    expect(shownAfter(accepted(1), filled(2, '2'))).toMatchObject([
      { status: 'PartiallyFilled', executedQuantity: '2' },
    ]);
    expect(shownAfter(accepted(1), filled(2, '5', { status: 'Filled' }))).toEqual([]);
    expect(shownAfter(accepted(1), gone(2))).toEqual([]);
  });

  it('are there from whichever event is heard first, as old as that one', () => {
    expect(shownAfter(filled(2_000, '2', { createdAt: 2 }))).toMatchObject([{ createdAt: 2 }]);
  });

  it('keep the time at which they were placed', () => {
    expect(shownAfter(accepted(1_000), filled(9_000, '2', { createdAt: 9 }))).toMatchObject([
      { createdAt: 1 },
    ]);
  });

  it('are never less executed, and an ended one does not come back', () => {
    expect(shownAfter(filled(2, '2'), filled(2, '1'), accepted(1), accepted(2))).toMatchObject([
      { status: 'PartiallyFilled', executedQuantity: '2' },
    ]);
    expect(shownAfter(accepted(1), gone(2), accepted(1), filled(9, '3'))).toEqual([]);
    // The end was told before what came before it.
    expect(shownAfter(gone(2), accepted(1))).toEqual([]);
    expect(shownAfter(accepted(5), gone(2))).toEqual([]);
  });

  it('wait for their trigger, fire, or fail', () => {
    const placed = update(1, 'triggerPlaced', { status: 'TriggerPending', quantity: d('0') });
    expect(shownAfter(placed)).toMatchObject([{ status: 'TriggerPending' }]);
    expect(shownAfter(placed, accepted(2))).toMatchObject([{ status: 'New', quantity: '5' }]);
    expect(shownAfter(placed, update(2, 'triggerFailed', { status: 'TriggerFailed' }))).toEqual([]);
  });

  it('keep what an event leaves out; a modified order is told whole', () => {
    const loss = { stopLossTriggerPrice: d('90'), takeProfitTriggerPrice: d('110') };
    const without = { stopLossTriggerPrice: null, price: null };
    const [kept] = shownAfter(accepted(1, loss), filled(2, '1', without));
    expect(kept).toMatchObject({ ...loss, price: '100', executedQuantity: '1' });
    const [modified] = shownAfter(accepted(1, loss), update(2, 'orderModified', without));
    expect(modified).toMatchObject({ stopLossTriggerPrice: null, takeProfitTriggerPrice: '110' });
  });

  it('are remembered as ended only so long, however many there are', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => gone(i, { id: String(i) }));
    const picture = mergeOrders(mergeOrders(nothing, [accepted(1, { id: 'open' })]), many);
    expect(picture.traces.size).toBeLessThan(7_000);
    expect(mergeOrders(picture, [accepted(20_001, { id: '19999' })]).items.size).toBe(1);
  });
});

describe('a read', () => {
  it('puts right what was missed: what is gone goes, what is new comes', () => {
    const before = mergeOrders(nothing, [accepted(1), accepted(2, { id: '2' })]);
    const read = correctOrders(before, markOf(before), [
      order({ id: '2', executedQuantity: d('1') }),
      order({ id: '3' }),
    ]);
    expect(shown(read)).toMatchObject([{ id: '2', executedQuantity: '1' }, { id: '3' }]);
  });

  it('gets what came while it was under way on top', () => {
    const before = mergeOrders(nothing, [accepted(1), accepted(2, { id: '2' })]);
    const mark = markOf(before);
    const meanwhile = mergeOrders(before, [
      gone(3),
      filled(4, '2', { id: '2' }),
      accepted(5, { id: '3' }),
    ]);
    const read = correctOrders(meanwhile, mark, [order(), order({ id: '2', createdAt: 7 })]);
    expect(shown(read)).toMatchObject([
      { id: '2', executedQuantity: '2', createdAt: 7 },
      { id: '3' },
    ]);
  });

  it('that is behind makes nothing less executed and brings nothing back', () => {
    const before = mergeOrders(nothing, [accepted(1), filled(2, '3'), accepted(3, { id: '2' })]);
    const ended = mergeOrders(before, [gone(4, { id: '2' })]);
    const read = correctOrders(ended, markOf(ended), [order(), order({ id: '2' })]);
    expect(shown(read)).toMatchObject([{ id: '1', executedQuantity: '3' }]);
  });

  it('knows more than an update from before it that comes late', () => {
    const before = mergeOrders(nothing, [accepted(1), accepted(9, { id: '2' })]);
    const read = correctOrders(before, markOf(before), [order({ price: d('101') })]);
    const late = mergeOrders(read, [accepted(3), accepted(5, { id: '3' })]);
    expect(shown(late)).toMatchObject([{ id: '1', price: '101' }]);
    // Another market has a clock of its own.
    expect(mergeOrders(read, [accepted(5, { id: '4', symbol: 'BTC_USDC' })]).items.size).toBe(2);
  });

  it('leaves the picture that it was given as it was', () => {
    const before = mergeOrders(nothing, [accepted(1)]);
    mergeOrders(before, [gone(2)]);
    correctOrders(before, markOf(before), []);
    expect(shown(before)).toMatchObject([{ id: '1' }]);
  });
});

describe('positions', () => {
  const move = (at: number, netQuantity: string, event = 'positionAdjusted'): PositionUpdate => ({
    ...{ event, at },
    position: {
      ...{ symbol: 'SOL_USDC_PERP', netQuantity: d(netQuantity), entryPrice: d('150') },
      ...{ markPrice: d('151'), pnlUnrealized: d('1') },
    },
  });
  const read = { ...move(0, '1').position, estLiquidationPrice: d('20'), userId: 7 };
  const known = correctPositions(emptyPicture(), markOf(emptyPicture()), [read]);

  it('follow, and say nothing of a liquidation price that is no longer true', () => {
    expect([...mergePositions(known, [move(1, '1')]).items.values()]).toMatchObject([read]);
    const [changed] = mergePositions(known, [move(1, '2')]).items.values();
    expect(changed).toMatchObject({ netQuantity: '2', userId: 7, estLiquidationPrice: undefined });
  });

  it('go when they are closed, and can come again', () => {
    const closed = mergePositions(known, [move(2, '0', 'positionClosed')]);
    expect(closed.items.size).toBe(0);
    expect(mergePositions(closed, [move(1, '1')]).items.size).toBe(0);
    expect(mergePositions(closed, [move(3, '1', 'positionOpened')]).items.size).toBe(1);
  });
});

describe('balances', () => {
  it('follow, keep what is staked, and are no older than a read', () => {
    const usdc = { symbol: 'USDC', available: d('90'), locked: d('10') };
    const before = mergeBalances(emptyPicture(), [{ ...usdc, at: 5 }]);
    expect(before.items.get('USDC')).toMatchObject({ available: '90', staked: '0' });
    const mark = markOf(before);
    const meanwhile = mergeBalances(before, [{ ...usdc, at: 6, available: d('80') }]);
    const old = { available: d('100'), locked: d('0'), staked: d('3') };
    const read = correctBalances(meanwhile, mark, { USDC: old, SOL: old });
    expect(read.items.get('USDC')).toEqual({ available: '80', locked: '10', staked: '3' });
    expect(read.items.get('SOL')).toEqual(old);
    expect(mergeBalances(read, [{ ...usdc, at: 5 }]).items).toEqual(read.items);
  });
});
