import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { createDrafts } from '../../../src/ui/state/drafts.ts';
import { fakeBackground } from './background.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const written = (fake: ReturnType<typeof fakeBackground>): unknown[] =>
  fake.heard.filter(({ method }) => method === 'drafts.write').map(({ request }) => request);

describe('drafts', () => {
  it('are written once, 300 ms after the last change', async () => {
    const fake = fakeBackground({ 'drafts.write': () => ({}) });
    const drafts = createDrafts(fake.call);
    drafts.write('trade', { price: '1' });
    await vi.advanceTimersByTimeAsync(200);
    drafts.write('trade', { price: '10' });
    await vi.advanceTimersByTimeAsync(299);
    expect(written(fake)).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(written(fake)).toEqual([{ form: 'trade', draft: { price: '10' } }]);
  });

  it('are written at once when the surface goes away', () => {
    const fake = fakeBackground({ 'drafts.write': () => ({}) });
    const drafts = createDrafts(fake.call);
    drafts.write('trade', { price: '1' });
    drafts.flush();
    expect(written(fake)).toEqual([{ form: 'trade', draft: { price: '1' } }]);
  });

  it('read back what is not written yet', async () => {
    const drafts = createDrafts(fakeBackground().call);
    drafts.write('trade', { price: '1' });
    expect(await drafts.read('trade')).toEqual({ price: '1' });
  });

  it('start a form empty when there is none, or when it cannot be read', async () => {
    const fake = fakeBackground({ 'drafts.read': () => null });
    expect(await createDrafts(fake.call).read('trade')).toBeUndefined();
    fake.answers['drafts.read'] = () => {
      throw new AppError('VAULT_DAMAGED', undefined);
    };
    expect(await createDrafts(fake.call).read('trade')).toBeUndefined();
  });

  it('are dropped by a reset', async () => {
    const fake = fakeBackground({ 'drafts.write': () => ({}) });
    const drafts = createDrafts(fake.call);
    drafts.write('trade', { price: '1' });
    drafts.reset();
    await vi.advanceTimersByTimeAsync(1000);
    expect(written(fake)).toEqual([]);
  });
});
