import { describe, expect, it } from 'vitest';
import type { Fault } from '../../exchange/faults.ts';
import { signedRequest } from '../../exchange/seed-account.ts';
import { answerOf, bid, START, setUp } from './harness.ts';

const path = '/api/v1/order';
function placing(fault: Fault) {
  const { exchange, account } = setUp();
  exchange.faults.add(fault);
  const parts = { method: 'POST', path, instruction: 'orderExecute', params: bid() };
  const send = () => exchange.handle(signedRequest(account, { ...parts, timestamp: START }));
  return { send, exchange, accepted: () => exchange.allOrders(account.apiKey).length };
}

describe('faults', () => {
  it.each([
    ['drop-before', false, 0],
    ['drop-after', false, 1],
    ['status', false, 0],
    ['status', true, 1],
    ['malformed', false, 0],
    ['malformed', true, 1],
    ['html', true, 1],
    ['text', false, 0],
    ['empty-202', false, 0],
    ['empty-202', true, 1],
    ['expired', false, 0],
    ['truncated', false, 1],
    ['wrong-types', false, 1],
    ['delay', false, 1],
  ] as const)('%s (processed first: %s) leaves %i order', (kind, afterProcessing, orders) => {
    const { send, accepted } = placing({ kind, afterProcessing });
    send();
    expect(accepted()).toBe(orders);
    expect(answerOf(send()).status).toBe(200);
    expect(accepted()).toBe(orders + 1);
  });

  it('cuts the connection and logs it', () => {
    const { send, exchange } = placing({ kind: 'drop-after', delayMs: 40 });
    expect(send()).toEqual({ kind: 'dropped', delayMs: 40 });
    expect(exchange.requests()).toMatchObject([
      { method: 'POST', path, instruction: 'orderExecute', at: START, status: 'dropped' },
    ]);
  });
  it('answers what it was told to', () => {
    const headers = { 'retry-after': '3' };
    const limited = answerOf(placing({ kind: 'status', status: 429, headers }).send());
    expect(limited).toMatchObject({ status: 429, headers, body: { code: 'TOO_MANY_REQUESTS' } });
    const page = answerOf(placing({ kind: 'html', status: 502 }).send());
    expect([page.status, page.text.slice(0, 15)]).toEqual([502, '<!doctype html>']);
    const accepted = answerOf(placing({ kind: 'empty-202' }).send());
    expect([accepted.status, accepted.text]).toEqual([202, '']);
    const expired = answerOf(placing({ kind: 'expired' }).send());
    expect(expired).toMatchObject({ status: 400, body: { message: 'Request has expired' } });
    const flipped = answerOf(placing({ kind: 'wrong-types' }).send());
    expect(flipped.body).toMatchObject({ price: 140, createdAt: String(START) });
    expect(() => answerOf(placing({ kind: 'truncated' }).send())).toThrow(SyntaxError);
    expect(() => answerOf(placing({ kind: 'malformed' }).send())).toThrow(SyntaxError);
  });
  it('meets only the requests it is for, as often as it is for', () => {
    const { exchange, open, balances } = setUp();
    exchange.faults.add({ kind: 'status', path: /orders$/, method: 'GET', times: 2 });
    exchange.faults.add({ kind: 'delay', delayMs: 5, path: '/api/v1/orders' });
    expect(balances().status).toBe(200);
    expect([open().status, open().status, open().status]).toEqual([500, 500, 200]);
    exchange.faults.add({ kind: 'status', times: Number.POSITIVE_INFINITY });
    expect([open().status, open().status]).toEqual([500, 500]);
    exchange.faults.clear();
    expect(open().status).toBe(200);
  });
});
