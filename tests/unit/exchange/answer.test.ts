import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../src/exchange/answer.ts';
import { utcTime } from '../../../src/exchange/time.ts';
import { fill, historicOrder } from '../../../src/exchange/types.ts';

const read = (text: string): unknown =>
  contentOf({ status: 200, headers: new Headers(), text }, v.unknown());

describe('numbers in an answer', () => {
  it.each([
    ['9007199254740993', '9007199254740993'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['0.123456789012345678', '0.123456789012345678'],
    ['1234567890.123456789', '1234567890.123456789'],
  ])('%s is longer than can be computed with, so it stays text', (number, text) => {
    expect(read(`{"a": ${number}, "b":[${number}]}`)).toEqual({ a: text, b: [text] });
  });

  it('are numbers where that is exact', () => {
    const text = '{"createdAt":1757675111334,"clientId":4294967295,"x":-0.5,"y":1e-7}';
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it('inside of text are text', () => {
    const text = JSON.stringify({ a: ':1234567890123456789', b: '\\":12345678901234567890' });
    expect(read(`[${text},12345678901234567890]`)).toEqual([
      JSON.parse(text),
      '12345678901234567890',
    ]);
  });

  it('are read as quickly from a megabyte of text as it takes to read it', () => {
    const long = `{"a":${JSON.stringify('"\\'.repeat(250_000))},"b":12345678901234567890}`;
    expect(read(long)).toMatchObject({ b: '12345678901234567890' });
  });
});

describe('a row of a history', () => {
  const core = {
    id: '9223372036854775807',
    orderType: 'Limit',
    side: 'Bid',
    status: 'New',
    symbol: 'SOL_USDC',
    createdAt: '2025-09-11T20:10:40.699',
  };

  it('may have every optional field missing, or null', () => {
    const optional = ['clientId', 'executedQuantity', 'price', 'quantity', 'expiryReason'];
    const nulls = Object.fromEntries(optional.map((key) => [key, null]));
    expect(v.is(historicOrder, core)).toBe(true);
    expect(v.is(historicOrder, { ...core, ...nulls })).toBe(true);
  });

  it('keeps what is new to us', () => {
    const odd = { ...core, status: 'Teleported', side: 'Sideways', orderType: 'Dream', extra: 1 };
    expect(v.parse(historicOrder, odd)).toEqual(odd);
  });

  it('has an id of a trade whole, beyond 2^53 too', () => {
    const text = `{"orderId":"1","symbol":"SOL_USDC","side":"Ask","price":"1","quantity":"1",
      "timestamp":1757675111334,"tradeId":9223372036854775807}`;
    const raw = { status: 200, headers: new Headers(), text };
    expect(contentOf(raw, fill)).toMatchObject({ tradeId: '9223372036854775807' });
  });
});

describe('a time', () => {
  it.each([
    ['2025-09-11T20:10:40.699', Date.UTC(2025, 8, 11, 20, 10, 40, 699)],
    ['2025-09-11T20:10:40.699Z', Date.UTC(2025, 8, 11, 20, 10, 40, 699)],
    ['2025-09-11T20:10:40+02:00', Date.UTC(2025, 8, 11, 18, 10, 40)],
    ['2025-09-11T20:10:40.699123', Date.UTC(2025, 8, 11, 20, 10, 40, 699)],
    [1_757_675_111_334, 1_757_675_111_334],
    ['yesterday', Number.NaN],
    ['', Number.NaN],
  ])('%s is read as UTC', (moment, ms) => {
    expect(utcTime(moment)).toBe(ms);
  });
});
