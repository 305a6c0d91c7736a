// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { type Column, Table } from '../../../src/ui/components/Table.tsx';
import { show } from './dom.ts';

const columns: readonly Column<string>[] = [
  { key: 'name', header: 'Name', cell: (row) => row },
  { key: 'drop', header: 'Drop', cell: (row) => <button type="button">{`Drop ${row}`}</button> },
];
const table = (rows: readonly string[]) => (
  <Table caption="Things" columns={columns} rows={rows} rowKey={(row) => row} empty="Nothing" />
);
const focused = (): string => document.activeElement?.textContent ?? '';

let view: ReturnType<typeof show>;
beforeEach(() => {
  view = show(table(['a', 'b', 'c']));
});

describe('the focus in a list', () => {
  it('stays where it is while other rows come and go', () => {
    view.button('Drop b').focus();
    view.rerender(table(['new', 'b', 'c']));
    expect(focused()).toBe('Drop b');
  });

  it('goes to the row that takes the place of its own, and to no button in it', () => {
    view.button('Drop b').focus();
    view.rerender(table(['a', 'c']));
    expect(document.activeElement?.tagName).toBe('TR');
    expect(focused()).toBe('cDrop c');
  });

  it('goes to the last row when its own was the last', () => {
    view.button('Drop c').focus();
    view.rerender(table(['a', 'b']));
    expect(focused()).toBe('bDrop b');
  });

  it('goes to the table when no row is left', () => {
    view.rerender(table(['a']));
    view.button('Drop a').focus();
    view.rerender(table([]));
    expect(document.activeElement?.tagName).toBe('TABLE');
  });

  it('follows its row: what came above meanwhile does not count', () => {
    view.button('Drop b').focus();
    view.rerender(table(['1', '2', 'a', 'b', 'c']));
    view.rerender(table(['1', '2', 'a', 'c']));
    expect(focused()).toBe('cDrop c');
  });

  it('is not taken from where a person went meanwhile', async () => {
    view.button('Drop b').focus();
    view.button('Drop b').blur();
    await new Promise((done) => setTimeout(done, 5));
    view.rerender(table(['a', 'c']));
    expect(document.activeElement).toBe(document.body);
  });
});
