// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { HoldButton } from '../../../src/ui/components/HoldButton.tsx';
import { provideTexts } from '../../../src/ui/text.ts';
import { show } from './dom.ts';
import { getMessage } from './texts.ts';

beforeAll(() => provideTexts(getMessage));
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const onConfirm = vi.fn();
beforeEach(() => onConfirm.mockReset());

const held = (more: object = {}) => (
  <HoldButton holdMs={1000} onConfirm={onConfirm} {...more}>
    Withdraw 10 USDC
  </HoldButton>
);
const wait = (ms: number) => act(() => void vi.advanceTimersByTime(ms));
const send = (target: HTMLElement, event: Event) => act(() => void target.dispatchEvent(event));
const pointer = (type: string) => new PointerEvent(type, { bubbles: true, button: 0 });
const key = (type: string, name: string, repeat = false) =>
  new KeyboardEvent(type, { key: name, bubbles: true, cancelable: true, repeat });

describe('HoldButton', () => {
  it('confirms once it has been kept pressed for long enough, and once', async () => {
    const view = show(held());
    const button = view.button('Withdraw 10 USDC');
    await send(button, pointer('pointerdown'));
    await wait(999);
    expect(onConfirm).not.toHaveBeenCalled();
    await wait(1);
    expect(onConfirm).toHaveBeenCalledOnce();
    await send(button, pointer('pointerup'));
    await send(button, new MouseEvent('click', { bubbles: true }));
    await wait(5000);
    expect(onConfirm).toHaveBeenCalledOnce();
  });

  it.each(['pointerup', 'pointerleave', 'pointercancel', 'blur'])(
    'does nothing when it is let go by %s, and says so',
    async (type) => {
      const view = show(held());
      const button = view.button('Withdraw 10 USDC');
      await send(button, pointer('pointerdown'));
      await wait(900);
      await send(button, type === 'blur' ? new FocusEvent('blur') : pointer(type));
      await wait(5000);
      expect(onConfirm).not.toHaveBeenCalled();
      expect(view.one('[role=status]').textContent).toContain('Nothing was sent');
    },
  );

  it.each(['Enter', ' '])('is held by the key “%s”, whose repeats do not count', async (name) => {
    const view = show(held());
    const button = view.button('Withdraw 10 USDC');
    const down = key('keydown', name);
    await send(button, down);
    expect(down.defaultPrevented).toBe(true);
    await wait(900);
    await send(button, key('keydown', name, true));
    await send(button, key('keyup', name));
    await wait(5000);
    expect(onConfirm).not.toHaveBeenCalled();
    await send(button, key('keydown', name));
    await wait(1000);
    expect(onConfirm).toHaveBeenCalledOnce();
  });

  it('ignores a plain click, as made by habit', async () => {
    const view = show(held());
    const button = view.button('Withdraw 10 USDC');
    for (const type of ['pointerdown', 'pointerup']) await send(button, pointer(type));
    await send(button, new MouseEvent('click', { bubbles: true }));
    await wait(5000);
    expect(onConfirm).not.toHaveBeenCalled();
  });

  it('counts by itself after a press that no hand can hold, and stops at the next', async () => {
    const view = show(held());
    const button = view.button('Withdraw 10 USDC');
    await act(() => button.click());
    await wait(500);
    await act(() => button.click());
    await wait(5000);
    expect(onConfirm).not.toHaveBeenCalled();
    await act(() => button.click());
    await wait(1000);
    expect(onConfirm).toHaveBeenCalledOnce();
  });

  it('does nothing while busy, nor when it becomes busy while it is held', async () => {
    const view = show(held());
    const button = view.button('Withdraw 10 USDC');
    await send(button, pointer('pointerdown'));
    view.rerender(held({ busy: true }));
    await wait(5000);
    await send(button, pointer('pointerdown'));
    await wait(5000);
    expect(onConfirm).not.toHaveBeenCalled();
  });

  it('says how it is pressed', () => {
    const view = show(held());
    expect(view.description(view.button('Withdraw 10 USDC'))).toContain('Keep the button pressed');
  });
});
