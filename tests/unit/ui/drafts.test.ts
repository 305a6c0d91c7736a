import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { createDrafts } from '../../../src/ui/state/drafts.ts';
import { fakeBackground } from './background.ts';

const written = (fake: ReturnType<typeof fakeBackground>): unknown[] =>
  fake.heard.filter(({ method }) => method === 'drafts.write').map(({ request }) => request);

describe('drafts', () => {
  it('are written at once, and while one is on its way only the latest after it', async () => {
    const answers: (() => void)[] = [];
    const write = () => new Promise((resolve) => answers.push(() => resolve({})));
    const fake = fakeBackground({ 'drafts.write': write });
    const drafts = createDrafts(fake.call);
    for (const price of ['1', '10', '100']) drafts.write('trade', { price });
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    expect(written(fake)).toEqual([{ form: 'trade', draft: { price: '1' } }]);
    answers[0]?.();
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    expect(written(fake).at(-1)).toEqual({ form: 'trade', draft: { price: '100' } });
    answers[1]?.();
    await drafts.flush();
    expect(written(fake)).toHaveLength(2);
  });

  it('do not wait for what is on its way when the surface goes away; the flush ends with both', async () => {
    const answers: (() => void)[] = [];
    const write = () => new Promise((resolve) => answers.push(() => resolve({})));
    const fake = fakeBackground({ 'drafts.write': write });
    const drafts = createDrafts(fake.call);
    drafts.write('trade', { price: '1' });
    drafts.write('trade', { price: '10' });
    let flushed = false;
    const flushing = drafts.flush().then(() => {
      flushed = true;
    });
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.();
    await Promise.resolve();
    expect(flushed).toBe(false);
    answers[0]?.();
    await flushing;
  });

  it('are written although one before could not be', async () => {
    const fake = fakeBackground({
      'drafts.write': () => {
        throw new AppError('LOCKED', undefined);
      },
    });
    const drafts = createDrafts(fake.call);
    drafts.write('trade', { price: '1' });
    await drafts.flush();
    fake.answers['drafts.write'] = () => ({});
    drafts.write('trade', { price: '2' });
    await drafts.flush();
    expect(written(fake).at(-1)).toEqual({ form: 'trade', draft: { price: '2' } });
  });

  it('read back what was written last, sent or not', async () => {
    let kept: unknown = null;
    const fake = fakeBackground({
      'drafts.read': () => kept,
      'drafts.write': async ({ draft }) => {
        await Promise.resolve();
        kept = draft;
        return {};
      },
    });
    const drafts = createDrafts(fake.call);
    drafts.write('trade', { price: '1' });
    expect(await drafts.read('trade')).toEqual({ price: '1' });
    drafts.write('trade', { price: '10' });
    drafts.write('trade', { price: '100' });
    expect(await drafts.read('trade')).toEqual({ price: '100' });
  });

  it('start a form empty when there is none, or when it cannot be read', async () => {
    const fake = fakeBackground({ 'drafts.read': () => null });
    expect(await createDrafts(fake.call).read('trade')).toBeUndefined();
    fake.answers['drafts.read'] = () => {
      throw new AppError('VAULT_DAMAGED', undefined);
    };
    expect(await createDrafts(fake.call).read('trade')).toBeUndefined();
  });

  it('are dropped by a reset, but for what is on its way', async () => {
    const fake = fakeBackground({ 'drafts.write': () => ({}) });
    const drafts = createDrafts(fake.call);
    drafts.write('trade', { price: '1' });
    drafts.write('trade', { price: '10' });
    drafts.reset();
    await drafts.flush();
    expect(written(fake)).toEqual([{ form: 'trade', draft: { price: '1' } }]);
  });
});
