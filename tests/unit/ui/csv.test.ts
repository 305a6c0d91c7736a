import { describe, expect, it } from 'vitest';
import { csvOf, csvTime } from '../../../src/ui/csv.ts';

const one = (value: string | number | boolean | null | undefined): string =>
  csvOf([{ name: 'x', value: () => value }], [{}]).slice('x\r\n'.length, -'\r\n'.length);

describe('a CSV file', () => {
  it('has a header, and lines that end in CRLF', () => {
    const columns = [
      { name: 'id', value: ({ id }: { id: string }) => id },
      { name: 'done', value: () => true },
    ];
    expect(csvOf(columns, [{ id: '1' }, { id: '2' }])).toBe('id,done\r\n1,true\r\n2,true\r\n');
    expect(csvOf(columns, [])).toBe('id,done\r\n');
  });

  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['', ''],
    [null, ''],
    [undefined, ''],
    [false, 'false'],
    [0, '0'],
  ])('quotes %j only where it must', (value, cell) => {
    expect(one(value)).toBe(cell);
  });

  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\tx', '＝1', '-', '=HYPERLINK("x","y")'])(
    'keeps a spreadsheet from running %j',
    (text) => {
      expect(one(text).replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it.each([
    '-0.000000000000000001',
    '123456789012345678901234567890',
    '0.123456789012345678',
    '-5',
  ])('leaves the number %s as it is, to the last digit', (text) => {
    expect(one(text)).toBe(text);
  });

  it('has its times in UTC, and what is no time as it came', () => {
    expect(csvTime(Date.UTC(2026, 0, 2, 3, 4, 5, 678))).toBe('2026-01-02T03:04:05.678Z');
    expect(csvTime('2026-01-02T03:04:05.678')).toBe('2026-01-02T03:04:05.678Z');
    expect(csvTime('yesterday')).toBe('yesterday');
    expect(csvTime(null)).toBe('');
  });
});
