// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  entryOf,
  type Instruction,
  instructions,
  isRead,
} from '../../../src/exchange/instructions/index.ts';
import { requestFields } from '../../../src/exchange/request-fields.ts';
import { fieldLabel } from '../../../src/ui/field-text.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { EXAMPLES } from '../../docs/examples.ts';
import { account } from './background.ts';
import { request } from './exchange-answers.ts';
import { openApp, textOf } from './open-app.tsx';
import { getMessage } from './texts.ts';

beforeAll(() => {
  provideTexts(getMessage);
  Element.prototype.scrollIntoView = () => undefined;
  vi.spyOn(HTMLDialogElement.prototype, 'showModal').mockReturnValue();
  vi.spyOn(HTMLDialogElement.prototype, 'close').mockReturnValue();
});

type Opened = Awaited<ReturnType<typeof openApp>>;
const names = (Object.keys(instructions) as Instruction[]).filter(
  (name) => instructions[name].scope !== 'internal',
);
const openList = (reads: Record<string, unknown> = {}) =>
  openApp('#settings/instructions', { reads });

async function choose({ view }: Opened, name: string): Promise<void> {
  const item = view
    .all('.instruction-item')
    .find((each) => each.querySelector('code')?.textContent === name);
  if (!item) throw new Error(`${name} is not in the list`);
  await act(async () => item.click());
  await view.settled();
}

/** What a person types into: fields in the order of the schema, checkboxes after all others. */
function inputsOf({ view }: Opened, name: string): ReadonlyMap<string, HTMLInputElement> {
  const fields = requestFields(entryOf(name).params);
  const flags = fields.filter(({ kind }) => kind.kind === 'flag');
  const others = fields.filter(({ kind }) => kind.kind !== 'flag');
  const inputs = view.all('.instruction-fields :is(input, select)') as HTMLInputElement[];
  expect(inputs.length, name).toBe(fields.length);
  return new Map(
    [...others, ...flags].map((field, at) => [field.name, inputs[at] as HTMLInputElement]),
  );
}

async function fill(opened: Opened, name: string, params: object): Promise<void> {
  for (const [key, value] of Object.entries(params)) {
    const input = inputsOf(opened, name).get(key);
    if (!input) throw new Error(`${name} has no field ${key}`);
    if (input.type === 'checkbox') {
      await act(async () => input.click());
      if (value === false) await act(async () => input.click());
      continue;
    }
    await act(async () => {
      input.value = String(value);
      input.dispatchEvent(
        new Event(input.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }),
      );
    });
  }
}
const submit = ({ view }: Opened, name: string) =>
  view.press(isRead(name) ? 'Read' : 'Review request');

describe('the list of all instructions', () => {
  it('has each instruction that is not for Buckle alone once, those with a screen of their own marked', async () => {
    const { view } = await openList();
    const listed = view.all('.instruction-item code').map((code) => code.textContent);
    expect(listed.toSorted()).toEqual(names.toSorted());
    const marked = view
      .all('.instruction-item')
      .filter((item) => textOf(item).includes('own screen'));
    expect(marked.length).toBeGreaterThan(10);
    expect(marked.length).toBeLessThan(names.length / 2);
  });

  it('is searched by words of the name and the path', async () => {
    const { view } = await openList();
    await view.fill('Search instructions', 'RFQ hist');
    expect(view.all('.instruction-item code').map((code) => code.textContent)).toEqual(
      [
        'rfqHistoryQueryAll',
        'quoteHistoryQueryAll',
        'rfqFillHistoryQueryAll',
        'quoteFillHistoryQueryAll',
      ].filter((name) => `${name} ${entryOf(name).path}`.toLowerCase().includes('rfq')),
    );
    await view.fill('Search instructions', 'nonsense');
    expect(view.root.textContent).toContain('No instruction has these words in its name.');
  });

  it('says with every read what it gives, in its form’s place', async () => {
    const opened = await openList();
    await choose(opened, 'fillHistoryQueryAll');
    expect(textOf(opened.view.one('.instruction-form h2'))).toBe('Fill history query all');
    await opened.view.press('Back');
    expect(opened.view.root.textContent).toContain('No instruction chosen');
  });
});

describe('the form of every instruction', () => {
  it('sends what was typed, and nothing else', async () => {
    const opened = await openList();
    for (const name of names) {
      await choose(opened, name);
      const params = EXAMPLES[name] ?? {};
      await fill(opened, name, params);
      await submit(opened, name);
      const of = isRead(name) ? 'exchange.read' : 'requests.prepare';
      expect(opened.asked(of).at(-1), name).toEqual({
        account: account(1).id,
        instruction: name,
        params,
      });
      if (isRead(name)) continue;
      // The review shows each value, as it is signed.
      const review = textOf(opened.view.one('dialog'));
      for (const value of Object.values(params)) {
        expect(review, name).toContain(value === true ? 'Yes' : String(value));
      }
      const isGuarded = ['account', 'withdraw'].includes(instructions[name].scope);
      const passwords = opened.view.all('dialog input[type=password]');
      expect(passwords.length, name).toBe(isGuarded ? 1 : 0);
      const [back] = opened.view.all('dialog .dialog-actions button');
      await act(async () => back?.click());
    }
  });

  it('can say yes, no and nothing of what may be left open', async () => {
    const opened = await openList();
    await choose(opened, 'accountUpdate');
    await fill(opened, 'accountUpdate', { autoLend: true, autoRepayBorrows: false });
    await submit(opened, 'accountUpdate');
    expect(opened.asked('requests.prepare')).toEqual([
      {
        account: account(1).id,
        instruction: 'accountUpdate',
        params: { autoLend: true, autoRepayBorrows: false },
      },
    ]);
  });
});

describe('bad input', () => {
  it.each<[name: string, field: string, typed: string, error: string]>([
    ['borrowLendExecute', 'quantity', '1,000', 'Leave out commas'],
    ['borrowLendExecute', 'quantity', '0', 'Enter an amount greater than zero.'],
    ['borrowLendExecute', 'symbol', 'SOL&side=Ask', 'a character that cannot be used here'],
    ['borrowLendExecute', 'side', '', 'This is needed.'],
    ['rfqRefresh', 'rfqId', '12x', 'not a number'],
    ['depositQueryAll', 'limit', '1001', 'The most is 1,000.'],
    ['depositQueryAll', 'offset', '1.5', 'Use at most 0.'],
    ['withdrawalQueryAll', 'clientId', 'a=b', 'a character that cannot be used here'],
    ['withdrawalQueryAll', 'clientId', 'x'.repeat(256), 'Use at most 255 characters.'],
    ['orderExecute', 'triggerQuantity', '101%', 'not a number'],
    ['borrowHistoryQueryAll', 'sources', 'One, Two', 'a character that cannot be used here'],
    // Rules between fields, at the field that is refused.
    ['orderCancel', 'orderId', '', 'does not go together'],
    ['accountUpdate', 'leverageLimit', '', 'This is needed.'],
  ])('in %s at %s: %j is told beside the field and stays', async (name, field, typed, error) => {
    const opened = await openList();
    await choose(opened, name);
    const given = Object.entries(EXAMPLES[name] ?? {}).filter(([key]) => key !== field);
    await fill(opened, name, {
      ...Object.fromEntries(given),
      ...(typed === '' ? {} : { [field]: typed }),
    });
    await submit(opened, name);
    const input = inputsOf(opened, name).get(field) as HTMLInputElement;
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(opened.view.description(input)).toContain(error);
    expect(input.value).toBe(typed);
    for (const [key, value] of given) {
      if (key === field || typeof value === 'boolean') continue;
      expect(inputsOf(opened, name).get(key)?.value).toBe(String(value));
    }
    const asked = [...opened.asked('requests.prepare'), ...opened.asked('exchange.read')];
    expect(asked.filter((each) => Reflect.get(Object(each), 'instruction') === name)).toEqual([]);
  });

  it('says nothing of fields that are still empty before it was tried', async () => {
    const opened = await openList();
    await choose(opened, 'borrowLendExecute');
    expect(opened.view.all('[aria-invalid=true]')).toEqual([]);
  });
});

describe('what a read answers', () => {
  const fill1 = {
    orderId: '7',
    price: '150.25',
    quantity: '1',
    side: 'Bid',
    symbol: 'SOL_USDC',
    timestamp: '2025-07-27T17:39:00.092',
    isMaker: false,
    fee: null,
  };

  it('is a table where it is rows, its pages asked for one by one', async () => {
    const rows = Array.from({ length: 5 }, (_, at) => ({ ...fill1, tradeId: String(at) }));
    const opened = await openList({
      fillHistoryQueryAll: ({ offset = 0, limit }: { offset?: number; limit: number }) =>
        rows.slice(offset, offset + limit),
    });
    // The double tells as many rows in all as it gives; here there are more.
    const { answers } = opened.fake;
    const read = answers['exchange.read'];
    answers['exchange.read'] = async (request) =>
      ({ ...(await read?.(request)), total: 5 }) as never;
    await choose(opened, 'fillHistoryQueryAll');
    await fill(opened, 'fillHistoryQueryAll', { limit: 2 });
    await submit(opened, 'fillHistoryQueryAll');
    const { view } = opened;
    expect(view.all('.answer th').map(textOf)).toContain('Trade id');
    expect(view.all('.answer tbody tr').length).toBe(2);
    expect(textOf(view.one('.answer-pages'))).toContain('Rows 1 to 2 of 5');
    await view.press('Next page');
    expect(opened.asked('exchange.read').at(-1)).toMatchObject({ params: { limit: 2, offset: 2 } });
    expect(textOf(view.one('.answer-pages'))).toContain('Rows 3 to 4 of 5');
    await view.press('Next page');
    expect(view.button('Next page').disabled).toBe(true);
    await view.press('Previous page');
    expect(opened.asked('exchange.read').at(-1)).toMatchObject({ params: { limit: 2, offset: 2 } });
  });

  it('is its fields where it is none, what is nested under its own name', async () => {
    const opened = await openList({
      collateralQuery: {
        netEquity: '10',
        netEquityAvailable: '5',
        marginFraction: null,
        collateral: [{ symbol: 'USDC', totalQuantity: '10' }],
      },
    });
    await choose(opened, 'collateralQuery');
    await submit(opened, 'collateralQuery');
    const answer = textOf(opened.view.one('.answer'));
    expect(answer).toContain('Net equity10');
    expect(answer).toContain('Margin fraction–');
    expect(answer).toContain('Market or assetUSDCTotal quantity10');
  });

  it('is a map by its key, and nothing where there is nothing', async () => {
    const opened = await openList({ orderQueryAll: [] });
    await choose(opened, 'balanceQuery');
    await submit(opened, 'balanceQuery');
    expect(opened.view.all('.answer tbody tr').map(textOf)).toContain('SOL52.11.50');
    await choose(opened, 'orderQueryAll');
    await submit(opened, 'orderQueryAll');
    expect(textOf(opened.view.one('.answer'))).toContain('Nothing was found.');
  });

  it('greys and stays when the next one fails, with the way to try again', async () => {
    const opened = await openList();
    await choose(opened, 'balanceQuery');
    await submit(opened, 'balanceQuery');
    opened.fake.answers['exchange.read'] = () => {
      throw new RangeError('gone');
    };
    await submit(opened, 'balanceQuery');
    expect(opened.view.all('.answer tbody tr').length).toBe(3);
    expect(opened.view.all('.table-frame.stale').length).toBe(1);
    expect(opened.view.button('Try again')).toBeTruthy();
  });
});

describe('what became of a change', () => {
  it.each([
    [{ outcome: 'done' }, 'Done: Lend 1 SOL'],
    [{ outcome: 'unknown' }, 'Unknown what became of: Lend 1 SOL'],
    [{ outcome: 'absent' }, 'It did not take effect: Lend 1 SOL'],
    [{ state: 'answered', outcome: 'pending' }, 'Checking what became of: Lend 1 SOL'],
    [
      {
        outcome: 'refused',
        error: {
          code: 'EXCHANGE',
          data: { status: 400, code: 'LEND_LIMIT', message: 'Lend limit' },
        },
      },
      'Refused: Lend 1 SOL. Nothing was changed.',
    ],
  ] as const)('%j is told as it is', async (end, words) => {
    const opened = await openApp('#settings/instructions', { sent: () => end as never });
    await choose(opened, 'borrowLendExecute');
    await fill(opened, 'borrowLendExecute', { symbol: 'SOL', side: 'Lend', quantity: '1' });
    await submit(opened, 'borrowLendExecute');
    expect(textOf(opened.view.one('.review-outcome'))).toContain('not always certain');
    await opened.view.press('Lend 1 SOL');
    expect(opened.view.all('dialog')).toEqual([]);
    expect(textOf(opened.view.one('.placement'))).toContain(words);
    expect(opened.asked('requests.send').length).toBe(1);
  });

  it('of one like it, if that is not known yet, is said before another is sent, which takes a hold', async () => {
    const lent = { symbol: 'SOL', side: 'Lend', quantity: '5' };
    const open = { instruction: 'borrowLendExecute', state: 'unknown', params: lent } as const;
    const opened = await openApp('#settings/instructions', { requests: [request(1, open)] });
    await choose(opened, 'borrowLendExecute');
    await fill(opened, 'borrowLendExecute', { symbol: 'SOL', side: 'Lend', quantity: '1' });
    await submit(opened, 'borrowLendExecute');
    expect(textOf(opened.view.one('dialog'))).toContain('Sending another may do it twice.');
    await opened.view.press('Lend 1 SOL');
    expect(opened.asked('requests.send')).toEqual([]);
  });

  it('what nobody can know is said before it is sent', async () => {
    const opened = await openList();
    await choose(opened, 'rfqRefresh');
    await fill(opened, 'rfqRefresh', { rfqId: '7' });
    await submit(opened, 'rfqRefresh');
    expect(textOf(opened.view.one('.review-outcome'))).toContain('nobody can tell');
  });
});

describe('labels', () => {
  it.each([
    ['autoLendRedeem', 'Auto lend redeem'],
    ['rfqId', 'RFQ id'],
    ['pnlUnrealized', 'PnL unrealized'],
    ['imfFunction.base', 'IMF function base'],
    ['symbol', 'Market or asset'],
  ])('of %s are %s', (name, label) => expect(fieldLabel(name)).toBe(label));
});
