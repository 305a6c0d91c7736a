// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { act } from 'preact/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { Table } from '../../../src/ui/components/Table.tsx';
import { show } from './dom.ts';

const columns = [{ key: 'row', header: 'Row', cell: (row: string) => row }];
const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

/** A list whose end is always in sight: nothing has a height here. */
function list() {
  const onNearEnd = vi.fn();
  const isLoading = signal(true);
  const View = () => (
    <Table
      caption="Rows"
      columns={columns}
      rows={['a', 'b']}
      rowKey={(row) => row}
      empty={null}
      onNearEnd={isLoading.value ? undefined : onNearEnd}
    />
  );
  show(<View />);
  return {
    onNearEnd,
    async load(loading: boolean) {
      await act(() => {
        isLoading.value = loading;
      });
      await act(frame);
    },
    async scroll() {
      document.dispatchEvent(new Event('scroll'));
      await act(frame);
    },
  };
}

describe('the end of a list', () => {
  it('loads what comes below for who scrolls there, and for nobody else', async () => {
    const { onNearEnd, load, scroll } = list();
    await load(false);
    expect(onNearEnd).not.toHaveBeenCalled();
    await scroll();
    expect(onNearEnd).toHaveBeenCalledOnce();
  });

  it('does so once a load is over for who scrolled there meanwhile', async () => {
    const { onNearEnd, load, scroll } = list();
    await scroll();
    expect(onNearEnd).not.toHaveBeenCalled();
    await load(false);
    expect(onNearEnd).toHaveBeenCalledOnce();
    await load(true);
    await load(false);
    expect(onNearEnd).toHaveBeenCalledOnce();
  });
});
