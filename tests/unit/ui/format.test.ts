import { beforeAll, describe, expect, it } from 'vitest';
import { assertDecimal } from '../../../src/core/decimal.ts';
import {
  age,
  grouped,
  paddedAmount,
  shortKey,
  shownAmount,
  timeOfDay,
} from '../../../src/ui/format.ts';
import { plural, provideTexts, sentence, t } from '../../../src/ui/text.ts';
import { getMessage } from './texts.ts';

beforeAll(() => provideTexts(getMessage));

describe('amounts', () => {
  it.each([
    ['0', '0'],
    ['999.5', '999.5'],
    ['1000', '1,000'],
    ['-1234567.891', '-1,234,567.891'],
    [
      '123456789012345678901234.000000000000000001',
      '123,456,789,012,345,678,901,234.000000000000000001',
    ],
  ])('groups %s as %s, digit for digit', (value, shown) => expect(grouped(value)).toBe(shown));

  it('cuts for display and never rounds up', () => {
    expect(shownAmount(assertDecimal('1999.9999'), 2)).toBe('1,999.99');
    expect(shownAmount(assertDecimal('1999.9999'))).toBe('1,999.9999');
  });
});

describe('amounts of so many places', () => {
  it.each([
    ['65000', 0, '65,000'],
    ['65000.5', 1, '65,000.5'],
    ['1.5', 3, '1.500'],
    ['1.999', 2, '1.99'],
  ])('shows %s with %i as %s', (value, places, shown) =>
    expect(paddedAmount(assertDecimal(value), places)).toBe(shown),
  );
});

describe('keys and times', () => {
  it('shortens a key to its ends', () => {
    expect(shortKey('bp3fAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA9Qk=')).toBe('bp3f…9Qk=');
    expect(shortKey('short')).toBe('short');
  });

  it.each([
    [-5, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [7_200_000, '2 h'],
    [200_000_000, '2 d'],
  ])('calls %i ms %s', (ms, words) => expect(age(ms)).toBe(words));

  it('shows the time of day on 24 hours', () => {
    const at = new Date(2026, 0, 5, 0, 7, 9).getTime();
    expect(timeOfDay(at)).toBe('00:07:09');
  });
});

describe('text', () => {
  it('puts values in the places of $1 to $4', () =>
    expect(t('freshnessStale', '12:00')).toBe('stale since 12:00'));

  it('has a form for one and a form for others', () => {
    expect(plural('minutes', 1)).toBe('1 minute');
    expect(plural('minutes', 5)).toBe('5 minutes');
  });

  it('shows the key of a sentence that has no text, rather than nothing', () =>
    expect(sentence({ key: 'wordsOfTheFuture', values: [] })).toBe('wordsOfTheFuture'));
});
