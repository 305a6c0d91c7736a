// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { lazy } from '../../../src/ui/components/lazy.tsx';
import { provideTexts } from '../../../src/ui/text.ts';
import { show } from './dom.ts';
import { getMessage } from './texts.ts';

beforeAll(() => provideTexts(getMessage));

const Hello = ({ name }: { name: string }) => <p>{name}</p>;

describe('lazy', () => {
  it('reads its code when it is first shown, and is there at once from then on', async () => {
    const load = vi.fn(async () => Hello);
    const Late = lazy(load);
    expect(load).not.toHaveBeenCalled();
    const view = show(<Late name="first" />);
    expect(view.all('p')).toEqual([]);
    await view.settled();
    expect(view.one('p').textContent).toBe('first');
    expect(show(<Late name="second" />).one('p').textContent).toBe('second');
    expect(load).toHaveBeenCalledOnce();
  });

  it('says what to do where the code is not there any more', async () => {
    const Late = lazy<{ name: string }>(() => Promise.reject(new TypeError('404')));
    const view = show(<Late name="x" />);
    await act(async () => view.settled());
    expect(view.one('[role=alert]').textContent).toContain('Reload it to go on.');
  });
});
