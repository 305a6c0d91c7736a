import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { ReplyOf, RequestOf } from '../../../src/messaging/contract.ts';
import type { LogEntry } from '../../../src/messaging/log.ts';
import { decisionWord, entrySentence, reasonWords } from '../../../src/ui/log-text.ts';
import { createLog } from '../../../src/ui/state/log.ts';
import { known } from '../../../src/ui/state/remote.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { fakeBackground } from './background.ts';
import { getMessage } from './texts.ts';

beforeAll(() => provideTexts(getMessage));

const entry = (number: number, more: Partial<LogEntry> = {}): LogEntry => ({
  number,
  at: number,
  origin: 'https://desk.example.com',
  what: 'send',
  instruction: 'orderCancel',
  params: { symbol: 'SOL_USDC', orderId: String(number) },
  decision: 'approved',
  ...more,
});

/** A log of `size` entries, of which those in `damaged` do not open. */
function scene(size: number, damaged: readonly number[] = []) {
  const fake = fakeBackground({
    'log.read': ({ before = size + 1, limit }: RequestOf<'log.read'>) => {
      const first = Math.max(1, before - limit);
      const numbers = Array.from({ length: before - first }, (_, index) => before - 1 - index);
      return {
        entries: numbers.filter((each) => !damaged.includes(each)).map((each) => entry(each)),
        total: size,
        damaged: numbers.filter((each) => damaged.includes(each)),
        ...(first > 1 ? { next: first } : {}),
      };
    },
  });
  const log = createLog(fake.call);
  return { fake, log, list: () => known(log.remote.value)?.value };
}

describe('the log as a list', () => {
  it('loads older entries below newer ones, as far as a person scrolls', async () => {
    const { log, list } = scene(250);
    await log.refresh();
    expect(
      list()
        ?.rows.map(({ number }) => number)
        .slice(0, 2),
    ).toEqual([250, 249]);
    expect(list()).toMatchObject({ total: 250, next: 151 });
    await log.loadMore();
    await log.loadMore();
    await log.loadMore();
    expect(list()?.rows).toHaveLength(250);
    expect(new Set(list()?.rows.map(({ number }) => number)).size).toBe(250);
    expect(list()?.next).toBeUndefined();
  });

  it('has a line for an entry that no longer opens, in its place', async () => {
    const { log, list } = scene(3, [2]);
    await log.refresh();
    expect(list()?.rows.map(({ number, entry: of }) => [number, of !== undefined])).toEqual([
      [3, true],
      [2, false],
      [1, true],
    ]);
  });

  it('drops the answer to an older search', async () => {
    const { fake, log, list } = scene(1);
    const waiting: ((page: ReplyOf<'log.read'>) => void)[] = [];
    fake.answers['log.read'] = () => new Promise((done) => waiting.push(done));
    log.find('sol');
    log.find('btc');
    waiting[1]?.({ entries: [entry(2)], total: 2, damaged: [] });
    waiting[0]?.({ entries: [entry(1)], total: 2, damaged: [] });
    await new Promise((done) => setTimeout(done, 0));
    expect(list()?.rows.map(({ number }) => number)).toEqual([2]);
  });

  it('searches on until there is something to show', async () => {
    const { fake, log, list } = scene(1);
    fake.answers['log.read'] = ({ before }) =>
      before === undefined
        ? { entries: [], total: 9_000, damaged: [], next: 7_001 }
        : { entries: [entry(3)], total: 9_000, damaged: [] };
    log.find('rare');
    await new Promise((done) => setTimeout(done, 0));
    expect(list()?.rows.map(({ number }) => number)).toEqual([3]);
  });

  it('keeps what it has when more cannot be had', async () => {
    const { fake, log, list } = scene(250);
    await log.refresh();
    fake.answers['log.read'] = () => {
      throw new AppError('STORAGE', undefined);
    };
    await log.loadMore();
    expect(log.remote.value.status).toBe('failed');
    expect(list()?.rows).toHaveLength(100);
  });

  it('gathers everything for a file', async () => {
    const { log } = scene(2_500, [7]);
    const rows = await log.collector.run();
    expect(rows).toHaveLength(2_499);
    expect(log.collector.state.value).toEqual({ status: 'idle' });
  });

  it('goes on with a file where it stopped', async () => {
    const { fake, log } = scene(2_500);
    const { 'log.read': read } = fake.answers;
    let asked = 0;
    fake.answers['log.read'] = (request) => {
      asked += 1;
      if (asked === 2) throw new AppError('STORAGE', undefined);
      if (!read) throw new RangeError('no log');
      return read(request);
    };
    expect(await log.collector.run()).toBeUndefined();
    expect(log.collector.state.value).toMatchObject({ status: 'failed', looked: 1000 });
    const rows = await log.collector.run();
    expect(new Set(rows?.map(({ number }) => number)).size).toBe(2_500);
    expect(asked).toBe(4);
  });

  it('is gone with a lock', async () => {
    const { log, list } = scene(3);
    await log.refresh();
    log.reset();
    expect(list()).toBeUndefined();
  });
});

describe('verifying', () => {
  const answers = (replies: ReplyOf<'log.verify'>[]) => {
    const { fake, log } = scene(1);
    const asked: RequestOf<'log.verify'>[] = [];
    fake.answers['log.verify'] = (request) => {
      asked.push(request);
      const reply = replies.shift();
      if (!reply) throw new AppError('LOCKED', undefined);
      return reply;
    };
    return { log, asked };
  };

  it('goes through to the end before it says that the log holds', async () => {
    const { log, asked } = answers([
      { checked: 1000, total: 1500, next: 1001 },
      { checked: 1500, total: 1500 },
    ]);
    await log.verify();
    expect(asked).toEqual([{}, { from: 1001 }]);
    expect(log.verifying.value).toEqual({ status: 'holds', checked: 1500 });
  });

  it('names the first entry that does not hold', async () => {
    const { log } = answers([{ checked: 6, total: 9, problem: { number: 7, kind: 'missing' } }]);
    await log.verify();
    expect(log.verifying.value).toMatchObject({ status: 'broken', problem: { number: 7 } });
  });

  it('says nothing of a log that it could not look through', async () => {
    const { log } = answers([{ checked: 1000, total: 1500, next: 1001 }]);
    await log.verify();
    expect(log.verifying.value).toMatchObject({ status: 'failed', error: { code: 'LOCKED' } });
  });
});

describe('an entry in words', () => {
  it.each([
    [{}, 'Cancel order 1 on SOL_USDC'],
    [{ what: 'sign' }, 'Signature: Cancel order 1 on SOL_USDC'],
    [{ what: 'connect', instruction: undefined, params: undefined }, 'Connect to an account'],
    [{ params: { symbol: 'SOL_USDC', unheardOf: true } }, 'orderCancel'],
    [{ instruction: 'constructor' }, 'constructor'],
    [{ what: 'unheardOf', instruction: undefined, params: undefined }, 'unheardOf'],
  ])('%j', (more, words) => {
    const { instruction: _i, params: _p, ...rest } = entry(1);
    const given = { ...entry(1), ...more };
    const clean = given.instruction === undefined ? { ...rest, what: given.what } : given;
    expect(entrySentence(clean as LogEntry)).toBe(words);
  });

  it('says what was decided, and why', () => {
    expect(decisionWord(entry(1))).toBe('Approved');
    expect(reasonWords(entry(1, { reason: 'not-connected' }))).toBe('the site was not connected.');
    expect(reasonWords(entry(1, { reason: 'unheard-of' }))).toBe('unheard-of');
    expect(reasonWords(entry(1))).toBeUndefined();
  });
});
