// @vitest-environment happy-dom
import { createRef } from 'preact';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { assertDecimal } from '../../../src/core/decimal.ts';
import { Tabs } from '../../../src/ui/app/Tabs.tsx';
import { Amount } from '../../../src/ui/components/Amount.tsx';
import { Button } from '../../../src/ui/components/Button.tsx';
import { Check } from '../../../src/ui/components/Check.tsx';
import { Choice } from '../../../src/ui/components/Choice.tsx';
import { Dialog } from '../../../src/ui/components/Dialog.tsx';
import { Field, SecretField } from '../../../src/ui/components/Field.tsx';
import { Form } from '../../../src/ui/components/Form.tsx';
import { Freshness } from '../../../src/ui/components/Freshness.tsx';
import { Notice } from '../../../src/ui/components/Notice.tsx';
import { Select } from '../../../src/ui/components/Select.tsx';
import { Table } from '../../../src/ui/components/Table.tsx';
import { rowsInSight } from '../../../src/ui/components/use-window.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { show } from './dom.ts';
import { getMessage } from './texts.ts';

beforeAll(() => provideTexts(getMessage));

describe('Field', () => {
  it('ties label, hint and error to its input', () => {
    const view = show(<Field label="Price" value="1,5" hint="In USDC." error="No commas." />);
    const input = view.labelled('Price');
    expect(input.value).toBe('1,5');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(view.description(input)).toBe('In USDC. No commas.');
    expect(view.one('[role=alert]').textContent).toBe('No commas.');
  });

  it('is neither invalid nor described when there is nothing to say', () => {
    const view = show(<Field label="Price" value="1" />);
    expect(view.labelled('Price').hasAttribute('aria-invalid')).toBe(false);
    expect(view.labelled('Price').hasAttribute('aria-describedby')).toBe(false);
  });

  it('offers the fix as a press', async () => {
    const onPress = vi.fn();
    const fix = { label: 'Use 180.01', onPress };
    const view = show(<Field label="Price" value="180.005" error="Off the tick." fix={fix} />);
    await view.press('Use 180.01');
    expect(onPress).toHaveBeenCalledOnce();
  });
});

describe('SecretField', () => {
  it('is a password input, empty at first, without any way to show what is typed', () => {
    const ref = createRef<HTMLInputElement>();
    const view = show(<SecretField label="API secret" autocomplete="off" inputRef={ref} />);
    const input = view.labelled('API secret');
    expect(input.type).toBe('password');
    expect(input.value).toBe('');
    expect(view.all('button')).toEqual([]);
    expect(ref.current).toBe(input);
  });

  it('keeps what is typed out of the markup', () => {
    const ref = createRef<HTMLInputElement>();
    const field = <SecretField label="Password" autocomplete="off" inputRef={ref} error="Wrong." />;
    const view = show(field);
    view.labelled('Password').value = 'hunter2hunter2';
    view.rerender(field);
    expect(view.root.innerHTML).not.toContain('hunter2');
  });
});

describe('Button', () => {
  it('ignores presses while busy, and keeps its name and the focus', async () => {
    const onPress = vi.fn();
    const view = show(<Button onPress={onPress}>Place order</Button>);
    view.button('Place order').focus();
    view.rerender(
      <Button busy onPress={onPress}>
        Place order
      </Button>,
    );
    await view.press('Place order');
    expect(onPress).not.toHaveBeenCalled();
    expect(view.button('Place order').getAttribute('aria-disabled')).toBe('true');
    expect(document.activeElement).toBe(view.button('Place order'));
  });

  it('does not send its form while busy', async () => {
    const onSubmit = vi.fn();
    const form = (busy: boolean) => (
      <Form error={undefined} onSubmit={onSubmit}>
        <Button type="submit" busy={busy}>
          Send
        </Button>
      </Form>
    );
    const view = show(form(true));
    await view.press('Send');
    expect(onSubmit).not.toHaveBeenCalled();
    view.rerender(form(false));
    await view.press('Send');
    expect(onSubmit).toHaveBeenCalledOnce();
  });

  it('has a name when only its icon shows', () => {
    const view = show(
      <Button icon="lock" iconOnly>
        Lock
      </Button>,
    );
    expect(view.button('Lock').querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  });
});

describe('Form', () => {
  it('takes the focus to the first field that is wrong', () => {
    const form = (failed: boolean) => (
      <Form
        error={failed ? { code: 'INTERNAL', data: undefined } : undefined}
        onSubmit={() => undefined}
      >
        <Field label="Good" value="" />
        <Field label="Bad" value="" error={failed ? 'Fill it in.' : undefined} />
      </Form>
    );
    const view = show(form(false));
    view.rerender(form(true));
    expect(document.activeElement).toBe(view.labelled('Bad'));
  });
});

describe('Select', () => {
  const options = [
    { value: 'a', text: 'First' },
    { value: 'b', text: 'Second' },
  ];

  it('is a labelled native list that reports the chosen value', () => {
    const onChange = vi.fn();
    const view = show(<Select label="Market" value="a" options={options} onChange={onChange} />);
    const select = view.labelled('Market');
    expect(select.tagName).toBe('SELECT');
    select.value = 'b';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    expect(onChange).toHaveBeenCalledExactlyOnceWith('b');
  });

  it('keeps its name when the label is hidden', () => {
    const view = show(
      <Select label="Account" hideLabel value="a" options={options} onChange={() => undefined} />,
    );
    expect(view.labelled('Account').tagName).toBe('SELECT');
  });
});

describe('Choice and Check', () => {
  it('is one group of radios with a name', () => {
    const onChange = vi.fn();
    const options = [
      { value: 'Bid', text: 'Buy' },
      { value: 'Ask', text: 'Sell' },
    ];
    const view = show(<Choice label="Side" value="Bid" options={options} onChange={onChange} />);
    expect(view.one('fieldset > legend').textContent).toBe('Side');
    const radios = view.all('input').map((input) => input as HTMLInputElement);
    expect(new Set(radios.map(({ name }) => name)).size).toBe(1);
    expect(view.labelled('Buy').checked).toBe(true);
    view.labelled('Sell').click();
    expect(onChange).toHaveBeenCalledExactlyOnceWith('Ask');
  });

  it('describes a checkbox by its hint', () => {
    const onChange = vi.fn();
    const view = show(
      <Check label="Post only" hint="Never takes." checked={false} onChange={onChange} />,
    );
    expect(view.description(view.labelled('Post only'))).toBe('Never takes.');
    view.labelled('Post only').click();
    expect(onChange).toHaveBeenCalledExactlyOnceWith(true);
  });
});

describe('Notice', () => {
  it.each([
    ['error', 'alert'],
    ['success', 'status'],
    ['warn', null],
    ['info', null],
  ] as const)('%s has the role %s', (kind, role) => {
    const view = show(<Notice kind={kind}>Words.</Notice>);
    expect(view.one('.notice').getAttribute('role')).toBe(role);
  });
});

describe('Dialog', () => {
  it('is a modal named by its title; Escape goes back; the focus returns', () => {
    const onBack = vi.fn();
    const screen = (asking: boolean) => (
      <main>
        <Button>Open</Button>
        {asking && (
          <Dialog title="Remove Main?" onBack={onBack}>
            <Button>Back</Button>
          </Dialog>
        )}
      </main>
    );
    const view = show(screen(false));
    view.button('Open').focus();
    view.rerender(screen(true));
    const dialog = view.one('dialog') as HTMLDialogElement;
    expect(dialog.open).toBe(true);
    const title = dialog.getAttribute('aria-labelledby');
    expect(view.one(`[id="${title}"]`).textContent).toBe('Remove Main?');
    const cancel = new Event('cancel', { cancelable: true });
    dialog.dispatchEvent(cancel);
    expect(onBack).toHaveBeenCalledOnce();
    expect(cancel.defaultPrevented).toBe(true);
    view.button('Back').focus();
    view.rerender(screen(false));
    expect(document.activeElement).toBe(view.button('Open'));
  });
});

describe('Tabs', () => {
  const items = (['a', 'b', 'c'] as const).map((tab) => ({ tab, text: tab.toUpperCase() }));
  const tabs = (selected: 'a' | 'b' | 'c', onSelect: (tab: 'a' | 'b' | 'c') => void) => (
    <Tabs id="main" label="Main" items={items} selected={selected} onSelect={onSelect} />
  );

  it('is a tab list with one stop for the Tab key', () => {
    const view = show(tabs('b', () => undefined));
    expect(view.one('[role=tablist]').getAttribute('aria-label')).toBe('Main');
    expect(view.all('[role=tab]').map((tab) => tab.tabIndex)).toEqual([-1, 0, -1]);
    expect(view.one('[aria-selected=true]').getAttribute('aria-controls')).toBe('main-panel');
  });

  it.each([
    ['ArrowRight', 'a', 'b'],
    ['ArrowRight', 'c', 'a'],
    ['ArrowLeft', 'a', 'c'],
    ['Home', 'b', 'a'],
    ['End', 'a', 'c'],
  ] as const)('%s goes from %s to %s, the focus with it', (key, from, to) => {
    const onSelect = vi.fn();
    const view = show(tabs(from, onSelect));
    view.key(view.one(`#main-tab-${from}`), key);
    expect(onSelect).toHaveBeenCalledExactlyOnceWith(to);
    expect(document.activeElement?.id).toBe(`main-tab-${to}`);
  });
});

describe('Amount', () => {
  it('shows it cut, and gives it whole on hover and on copy', () => {
    const view = show(<Amount value={assertDecimal('1234.56789')} decimals={2} unit="SOL" />);
    const amount = view.one('.amount');
    expect(amount.textContent).toBe('1,234.56 SOL');
    expect(amount.title).toBe('1234.56789 SOL');
    const clipboardData = { setData: vi.fn() };
    const copy = Object.assign(new Event('copy', { cancelable: true }), { clipboardData });
    amount.dispatchEvent(copy);
    expect(clipboardData.setData).toHaveBeenCalledWith('text/plain', '1234.56789');
    expect(copy.defaultPrevented).toBe(true);
  });

  it('flashes when it changes and not when it appears', () => {
    const view = show(<Amount live value={assertDecimal('1')} />);
    expect(view.all('.amount-flash')).toEqual([]);
    view.rerender(<Amount live value={assertDecimal('2')} />);
    expect(view.all('.amount-flash')).toHaveLength(1);
  });
});

describe('Freshness', () => {
  it.each([
    [{ state: 'live' }, 'live'],
    [{ state: 'updating' }, 'updating'],
    [{ state: 'offline' }, 'offline'],
  ] as const)('says %o in a word', (freshness, word) => {
    expect(show(<Freshness freshness={freshness} />).root.textContent).toBe(word);
  });

  it('says since when it is stale', () => {
    const since = new Date(2026, 0, 1, 9, 30, 15).getTime();
    const view = show(<Freshness freshness={{ state: 'stale', since }} />);
    expect(view.root.textContent).toBe('stale since 09:30:15');
  });
});

describe('Table', () => {
  const columns = [
    { key: 'asset', header: 'Asset', cell: (row: string) => row },
    { key: 'value', header: 'Value', numeric: true, cell: (row: string) => `${row}!` },
  ];
  const table = (rows: string[], skeletonRows = 0) => (
    <Table
      caption="Balances"
      columns={columns}
      rows={rows}
      rowKey={(row) => row}
      empty="Nothing yet."
      skeletonRows={skeletonRows}
    />
  );
  const bodyRows = (view: ReturnType<typeof show>) => view.all('tbody:not([aria-hidden]) tr');

  it('is named by its caption, its columns by their headers', () => {
    const view = show(table(['SOL']));
    expect(view.one('caption').textContent).toBe('Balances');
    expect(view.all('th[scope=col]').map((header) => header.textContent)).toEqual([
      'Asset',
      'Value',
    ]);
    expect(bodyRows(view).map((row) => row.textContent)).toEqual(['SOLSOL!']);
  });

  it('says what will be here when it is empty, and not while it loads', () => {
    expect(show(table([])).root.textContent).toContain('Nothing yet.');
    const loading = show(table([], 3));
    expect(loading.root.textContent).not.toContain('Nothing yet.');
    expect(loading.one('table').getAttribute('aria-busy')).toBe('true');
    expect(loading.all('.skeleton')).toHaveLength(3);
    expect(bodyRows(loading)).toEqual([]);
  });

  it('draws of 5,000 rows only what is in sight, and says how many there are', () => {
    const view = show(table(Array.from({ length: 5000 }, (_, row) => `row ${row}`)));
    expect(bodyRows(view).length).toBeLessThan(100);
    expect(view.one('table').getAttribute('aria-rowcount')).toBe('5001');
    const [gap] = view.all('tbody[aria-hidden] td');
    expect(gap?.style.height).toBe(`${(5000 - bodyRows(view).length) * 40}px`);
  });
});

describe('the rows in sight', () => {
  it('are all of a short list', () => {
    expect(rowsInSight(120, 40, 1000, 500)).toEqual({ from: 0, to: 120 });
  });

  it.each([0, 399, 400, 12_345, 199_400])(
    'cover what is seen of a long list %i px below its top',
    (above) => {
      const { from, to } = rowsInSight(5000, 40, above, 600);
      const first = Math.min(Math.floor(above / 40), 4999);
      const last = Math.min(Math.ceil((above + 600) / 40), 5000);
      expect(from).toBeLessThanOrEqual(first);
      expect(to).toBeGreaterThanOrEqual(last);
      expect(to).toBeLessThanOrEqual(5000);
      expect(to - from).toBeLessThan(100);
    },
  );
});
