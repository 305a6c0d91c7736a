import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { createLoader, type Known, known } from '../../../src/ui/state/remote.ts';

/** A load whose answers are given by hand. */
function byHand() {
  const waiting: { resolve: (value: Known<string>) => void; reject: (error: unknown) => void }[] =
    [];
  const loader = createLoader(
    () => new Promise<Known<string>>((resolve, reject) => waiting.push({ resolve, reject })),
  );
  return { loader, waiting };
}
const offline = new AppError('NETWORK', { kind: 'offline' });

describe('a remote value', () => {
  it('goes from idle over loading to ready', async () => {
    const { loader, waiting } = byHand();
    expect(loader.state.value).toEqual({ status: 'idle' });
    const done = loader.refresh();
    expect(loader.state.value).toEqual({ status: 'loading' });
    waiting[0]?.resolve({ value: 'a', at: 1 });
    expect(await done).toBe(true);
    expect(loader.state.value).toEqual({ status: 'ready', value: 'a', at: 1 });
  });

  it('keeps the last good value while loading and after failing', async () => {
    const { loader, waiting } = byHand();
    loader.seed({ value: 'a', at: 1 });
    const done = loader.refresh();
    expect(loader.state.value).toEqual({ status: 'loading', last: { value: 'a', at: 1 } });
    waiting[0]?.reject(offline);
    expect(await done).toBe(false);
    expect(loader.state.value).toMatchObject({
      status: 'failed',
      error: { code: 'NETWORK' },
      last: { value: 'a', at: 1 },
    });
  });

  it('shares a load that is under way', async () => {
    const { loader, waiting } = byHand();
    expect(loader.refresh()).toBe(loader.refresh());
    expect(waiting).toHaveLength(1);
  });

  it('leaves a failure standing during a quiet load, and only then', async () => {
    const { loader, waiting } = byHand();
    const first = loader.refresh();
    waiting[0]?.reject(offline);
    await first;
    const second = loader.refresh(true);
    expect(loader.state.value.status).toBe('failed');
    waiting[1]?.reject(offline);
    await second;
    void loader.refresh();
    expect(loader.state.value.status).toBe('loading');
  });

  it('drops the answer of a load that a reset has overtaken', async () => {
    const { loader, waiting } = byHand();
    const done = loader.refresh();
    loader.reset();
    waiting[0]?.resolve({ value: 'of the account before', at: 1 });
    expect(await done).toBe(false);
    expect(loader.state.value).toEqual({ status: 'idle' });
  });

  it('shows what is told of it, whether it is fresh, being loaded anew or failed', async () => {
    const { loader, waiting } = byHand();
    loader.show('of something unknown');
    expect(loader.state.value).toEqual({ status: 'idle' });
    loader.seed({ value: 'a', at: 1 });
    loader.show('b');
    expect(loader.state.value).toEqual({ status: 'ready', value: 'b', at: 1 });
    const done = loader.refresh();
    loader.show('c');
    expect(loader.state.value).toEqual({ status: 'loading', last: { value: 'c', at: 1 } });
    waiting[0]?.reject(offline);
    await done;
    loader.show('d');
    expect(known(loader.state.value)).toEqual({ value: 'd', at: 1 });
  });

  it('has who keeps it up say what an answer comes to, as of when its load left', async () => {
    const { loader, waiting } = byHand();
    const first = loader.refresh();
    let told = 0;
    loader.follow(() => {
      const before = told;
      return (answer) => `${answer} and ${told - before} more`;
    });
    told = 2;
    waiting[0]?.resolve({ value: 'answer', at: 2 });
    await first;
    expect(known(loader.state.value)).toEqual({ value: 'answer and 2 more', at: 2 });
    const second = loader.refresh();
    told = 3;
    waiting[1]?.resolve({ value: 'next', at: 3 });
    await second;
    expect(known(loader.state.value)).toEqual({ value: 'next and 1 more', at: 3 });
  });

  it('tells nobody of an answer that a reset has overtaken', async () => {
    const { loader, waiting } = byHand();
    const settled: string[] = [];
    loader.follow(() => (answer) => {
      settled.push(answer);
      return answer;
    });
    const done = loader.refresh();
    loader.reset();
    waiting[0]?.resolve({ value: 'of the account before', at: 1 });
    await done;
    expect(settled).toEqual([]);
  });

  it('asks once more when what is under way left before something happened', async () => {
    const { loader, waiting } = byHand();
    void loader.refresh();
    const anew = [loader.refreshAnew(), loader.refreshAnew()];
    waiting[0]?.resolve({ value: 'before', at: 1 });
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    waiting[1]?.resolve({ value: 'after', at: 2 });
    expect(await Promise.all(anew)).toEqual([true, true]);
    expect(waiting).toHaveLength(2);
    expect(known(loader.state.value)).toEqual({ value: 'after', at: 2 });
  });

  it('takes a seed only if it is newer than what is known', () => {
    const { loader } = byHand();
    loader.seed({ value: 'new', at: 5 });
    loader.seed({ value: 'old', at: 4 });
    expect(known(loader.state.value)).toEqual({ value: 'new', at: 5 });
  });

  it('calls whatever is no expected failure INTERNAL, without its words', async () => {
    const loader = createLoader(() => Promise.reject(new Error('secret detail')));
    await loader.refresh();
    expect(loader.state.value).toEqual({
      status: 'failed',
      error: { code: 'INTERNAL', data: undefined },
    });
  });
});
