// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError, invalid } from '../../../src/core/errors.ts';
import type { Opening, WalletEvent } from '../../../src/messaging/contract.ts';
import type { ApprovalView } from '../../../src/messaging/sites.ts';
import type { BookEntry } from '../../../src/messaging/transfers.ts';
import { Approval } from '../../../src/ui/approval/Approval.tsx';
import { createApprovalDesk } from '../../../src/ui/state/approval-desk.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { approvalOf, connectView, preparedOrder, SITE, ticket } from './approval-views.ts';
import { account, fakeBackground, locked, unlocked } from './background.ts';
import { show } from './dom.ts';
import { balances, markets, markPrices, request, tickers } from './exchange-answers.ts';
import { getMessage, messages } from './texts.ts';

beforeAll(() => {
  provideTexts(getMessage);
  Element.prototype.scrollIntoView = () => undefined;
});
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

const publics = { markets, tickers, markPrices, assets: [] };
const reads: Record<string, unknown> = { balanceQuery: balances, positionQuery: [] };

/** The page over a background with these approvals waiting. */
async function open(
  waiting: ApprovalView[],
  options: {
    opening?: Opening;
    framed?: boolean;
    offline?: true | 'waiting';
    book?: BookEntry[];
  } = {},
) {
  const list = [...waiting];
  const closed = vi.fn();
  const listeners: ((event: WalletEvent) => void)[] = [];
  const drop = (id: string): void => {
    const index = list.findIndex((each) => each.ticket === id);
    if (index >= 0) list.splice(index, 1);
  };
  const fake = fakeBackground({
    'session.open': () => options.opening ?? unlocked([account(1), account(2)]),
    'approvals.list': () => [...list],
    'addressBook.list': () => ({ entries: options.book ?? [], damaged: 0 }),
    'approvals.approve': ({ ticket: id }) => {
      drop(id);
      return {};
    },
    'approvals.reject': ({ ticket: id }) => {
      drop(id);
      return {};
    },
    'approvals.rejectAll': () => {
      list.splice(0);
      return {};
    },
    'exchange.market': ({ name }) => {
      if (options.offline === true) throw new AppError('NETWORK', { kind: 'offline' });
      if (options.offline === 'waiting') return new Promise(() => undefined);
      return { at: Date.now(), answer: publics[name as keyof typeof publics] };
    },
    'exchange.read': ({ instruction }) => ({ at: Date.now(), answer: reads[instruction] }),
  });
  const desk = createApprovalDesk({
    call: fake.call,
    listen: (listener) => void listeners.push(listener),
    presence: { isVisible: () => true, isOnline: () => true, onChange: () => () => undefined },
    framed: options.framed ?? false,
    close: closed,
  });
  await desk.session.open();
  const view = show(<Approval desk={desk} />);
  const pass = (ms: number) =>
    act(async () => {
      await vi.advanceTimersByTimeAsync(ms);
    });
  await pass(0);
  const asked = (method: string): unknown[] =>
    fake.heard.filter((message) => message.method === method).map(({ request: of }) => of);
  const press = (name: string) =>
    act(async () => {
      view.button(name).click();
      await vi.advanceTimersByTimeAsync(0);
    });
  const tell = (event: WalletEvent) =>
    act(async () => {
      for (const listener of listeners) listener(event);
      await vi.advanceTimersByTimeAsync(0);
    });
  return { fake, desk, view, list, closed, pass, asked, press, tell, drop };
}
const text = (element: HTMLElement): string =>
  element.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
const heading = (view: ReturnType<typeof show>): string => text(view.one('h1'));

describe('what is shown of a request', () => {
  it('is who asks, the account, the sentence with its qualifiers, every field and the text to be signed', async () => {
    const { view } = await open([approvalOf(1)]);
    expect(heading(view)).toBe(SITE);
    expect(text(view.one('h1 strong'))).toBe('example.com');
    expect(text(view.one('.approval-lead'))).toBe('asks Account 1 (AAAA…AA1=) to');
    expect(text(view.one('.approval-sentence'))).toBe('Buy 1.5 SOL at 150 USDC');
    expect(text(view.one('.approval-qualifiers'))).toBe('limit, good till cancelled, post only');
    const details = view.one('[aria-label=Details]');
    expect(details.hasAttribute('open')).toBe(true);
    for (const field of ['MarketSOL_USDC', 'SideBuy', 'Quantity1.5', 'Post onlyYes', 'Client id1'])
      expect(text(details)).toContain(field);
    expect(text(details)).toContain('Order value225 USDC');
    expect(text(view.one('.signed-text code'))).toBe(
      `${preparedOrder(1).canonical}&timestamp=<when sent>&window=5000`,
    );
  });

  it('warns from live data, the worst first, and asks to hold the button for what is severe', async () => {
    const params = { ...preparedOrder(1).params, price: '200.005', postOnly: false };
    const { view, pass } = await open([
      approvalOf(1, { requests: [preparedOrder(1, { params })] }),
    ]);
    await pass(600);
    const warnings = view.all('[aria-label=Warnings] .notice').map(text);
    expect(warnings[0]).toBe('33.33 % above the mark price 150.004.');
    expect(warnings[1]).toBe('Too many decimals. Use at most 2. Nearest allowed: 200, 200.01.');
    expect(view.button('Approve').className).toContain('hold-button');
  });

  it('says of a signature how long it can be used', async () => {
    const { view } = await open([approvalOf(1, { kind: 'sign', window: 5000 })]);
    expect(text(view.one('[aria-label=Warnings]'))).toContain(
      'can be used repeatedly until 5 s after you approve',
    );
    expect(text(view.one('.approval-lead'))).toContain('wants a signature of Account 1');
  });

  it('says of a subscription that nothing ends it but the page', async () => {
    const { view } = await open([
      approvalOf(1, { kind: 'signSubscription', requests: [], streams: ['account.orderUpdate'] }),
    ]);
    expect(text(view.one('[aria-label=Warnings]'))).toMatch(
      /every private stream.*Neither locking nor disconnecting ends it/,
    );
    expect(text(view.one('.approval-streams'))).toBe('account.orderUpdate');
    expect(text(view.one('.approval-lead'))).toContain('Account 1');
  });

  it('shows each order of a batch that is sent, with its fields, warnings and the one text to be signed', async () => {
    const [first, second] = [preparedOrder(1).params, { ...preparedOrder(2).params, price: '160' }];
    const canonical = 'instruction=orderExecute&clientId=1&instruction=orderExecute&clientId=2';
    const request = {
      ...preparedOrder(1),
      params: [first, second],
      canonical,
      path: '/api/v1/orders',
    };
    const { view } = await open([approvalOf(1, { requests: [request] })]);
    expect(view.all('.approval-sentence').map(text)[0]).toBe('Place 2 orders together');
    expect(view.all('.approval-batch li').map(text)).toEqual([
      'Buy 1.5 SOL at 150 USDClimit, good till cancelled, post only',
      'Buy 1.5 SOL at 160 USDClimit, good till cancelled, post only',
    ]);
    expect(text(view.one('[aria-label=Warnings]'))).toContain('Order 2: 6.66 % above the mark');
    const details = text(view.one('[aria-label=Details]'));
    expect(details).toContain('Client id1');
    expect(details).toContain('Client id2');
    expect(text(view.one('.signed-text code'))).toBe(
      `${canonical}&timestamp=<when sent>&window=5000`,
    );
    expect(text(view.one('.signed-text'))).toContain('/api/v1/orders');
    expect(view.all('input[type=checkbox]')).toEqual([]);
  });

  it('shows each order of a batch, and warns of each by its number', async () => {
    const params = { ...preparedOrder(2).params, price: '160' };
    const { view } = await open([
      approvalOf(1, {
        kind: 'signBatch',
        window: 5000,
        requests: [preparedOrder(1), preparedOrder(2, { params })],
      }),
    ]);
    expect(view.all('.approval-batch li').map(text)).toHaveLength(2);
    expect(text(view.one('[aria-label=Warnings]'))).toContain('Order 2: 6.66 % above the mark');
    expect(text(view.one('.signed-text code'))).toContain('clientId=1');
    expect(text(view.one('.signed-text code'))).toContain('clientId=2');
  });

  it('says that nothing was checked where prices could not be had', async () => {
    const { view, pass, press, asked } = await open([approvalOf(1)], { offline: true });
    expect(text(view.root)).toContain('was not held against them');
    await pass(700);
    await press('Approve');
    expect(asked('approvals.approve')).toHaveLength(1);
  });

  it('cannot be approved before the market has been looked at', async () => {
    const { fake, view, pass, press, asked } = await open([approvalOf(1)], { offline: 'waiting' });
    await pass(5_000);
    await press('Approve');
    expect(asked('approvals.approve')).toEqual([]);
    expect(view.button('Approve').getAttribute('aria-disabled')).toBe('true');
    expect(fake.heard.some(({ method }) => method === 'exchange.market')).toBe(true);
  });

  it('R11: has no text of the page but its reason, marked as its own words', async () => {
    const { view } = await open([connectView(1, ['read'], 'To show <b>your</b> balances')]);
    expect(text(view.one('.own-words'))).toBe(
      'In the site’s own words, which prove nothing:To show <b>your</b> balances',
    );
    expect(view.all('.own-words b')).toEqual([]);
  });
});

describe('R8: approving', () => {
  it('is disarmed for 600 ms after it is shown', async () => {
    const { view, pass, press, asked } = await open([approvalOf(1)]);
    expect(view.button('Approve').getAttribute('aria-disabled')).toBe('true');
    await press('Approve');
    await pass(590);
    await press('Approve');
    expect(asked('approvals.approve')).toEqual([]);
    await pass(20);
    expect(view.button('Approve').hasAttribute('aria-disabled')).toBe(false);
    await press('Approve');
    expect(asked('approvals.approve')).toEqual([{ ticket: ticket(1), digest: 'digest 1' }]);
  });

  it.each(['focus', 'resize', 'pageshow'])('is disarmed anew by %s', async (name) => {
    const { pass, press, asked } = await open([approvalOf(1)]);
    await pass(700);
    // Pressed in the same moment, before anything is drawn again.
    window.dispatchEvent(new Event(name));
    await press('Approve');
    await pass(500);
    await press('Approve');
    expect(asked('approvals.approve')).toEqual([]);
    await pass(110);
    await press('Approve');
    expect(asked('approvals.approve')).toHaveLength(1);
  });

  it('is disarmed anew by another request that takes its place', async () => {
    const { view, pass, press, asked } = await open([approvalOf(1), approvalOf(2)]);
    await pass(700);
    await press('Next request');
    await press('Approve');
    expect(asked('approvals.approve')).toEqual([]);
    expect(view.button('Approve').getAttribute('aria-disabled')).toBe('true');
  });

  it('takes no press that began while it was disarmed, and no key that is kept down', async () => {
    const { view, pass, asked } = await open([approvalOf(1)]);
    await act(() => {
      view.button('Approve').dispatchEvent(new Event('pointerdown', { bubbles: true }));
    });
    await pass(700);
    await act(() => view.button('Approve').click());
    expect(asked('approvals.approve')).toEqual([]);
    const kept = new KeyboardEvent('keydown', { key: 'Enter', repeat: true, cancelable: true });
    view.button('Approve').dispatchEvent(kept);
    expect(kept.defaultPrevented).toBe(true);
  });

  it('is not where the focus is: Enter on the way in decides nothing', async () => {
    const { view, pass, press } = await open([approvalOf(1), approvalOf(2)]);
    expect(document.activeElement).toBe(view.one('h1'));
    await pass(700);
    view.button('Approve').focus();
    await press('Approve');
    expect(document.activeElement).toBe(view.one('h1'));
    expect(view.all('form')).toEqual([]);
  });

  it('is refused inside another page', async () => {
    const { view, asked } = await open([approvalOf(1)], { framed: true });
    expect(view.all('button')).toEqual([]);
    expect(asked('approvals.list')).toEqual([]);
    expect(text(view.root)).toContain('inside another one');
  });
});

describe('the queue', () => {
  it('is walked both ways and rejected whole', async () => {
    const { view, pass, press, asked, closed } = await open([1, 2, 3].map((n) => approvalOf(n)));
    expect(text(view.one('.approval-queue [role=status]'))).toBe('1 of 3');
    await press('Previous request');
    expect(text(view.one('.approval-queue [role=status]'))).toBe('3 of 3');
    await press('Reject');
    expect(asked('approvals.reject')).toEqual([{ ticket: ticket(3) }]);
    expect(text(view.one('.approval-queue [role=status]'))).toMatch(/of 2$/);
    await press('Reject all');
    expect(asked('approvals.rejectAll')).toEqual([{}]);
    await pass(400);
    expect(closed).toHaveBeenCalled();
  });

  it('goes on to the next after an approval, and says what was done', async () => {
    const { fake, view, pass, press, drop, closed } = await open([approvalOf(1), approvalOf(2)]);
    fake.answers['approvals.approve'] = ({ ticket: id }) => {
      drop(id);
      return { request: request(1, { orderStatus: 'New' }) };
    };
    await pass(700);
    await press('Approve');
    expect(text(view.one('.notice-success'))).toBe('Done: Buy 1.5 SOL at 150 USDC');
    expect(closed).not.toHaveBeenCalled();
  });

  it('says so when the page takes back what was shown', async () => {
    const { view, tell, drop } = await open([approvalOf(1), approvalOf(2)]);
    drop(ticket(1));
    await tell({ name: 'approvals', waiting: 1 });
    expect(text(view.one('.approval-body [role=status]'))).toContain('took back the request');
  });

  it('says the same when the page left in the moment of approving, and blames nobody else for it', async () => {
    const { fake, view, pass, press, drop } = await open([approvalOf(1), approvalOf(2)]);
    fake.answers['approvals.approve'] = ({ ticket: id }) => {
      drop(id);
      throw invalid('ticket', 'unknown-key');
    };
    await pass(700);
    await press('Approve');
    expect(text(view.one('.approval-body [role=status]'))).toContain('took back the request');
    expect(view.all('[role=alert]')).toEqual([]);
    expect(view.button('Approve').getAttribute('aria-disabled')).toBe('true');
  });

  it('closes when nothing waits any more', async () => {
    const { pass, tell, drop, closed } = await open([approvalOf(1)]);
    drop(ticket(1));
    await tell({ name: 'approvals', waiting: 0 });
    await pass(390);
    expect(closed).not.toHaveBeenCalled();
    await pass(10);
    expect(closed).toHaveBeenCalled();
  });

  it('stays for what comes close after the last one', async () => {
    const { list, pass, tell, drop, closed, view } = await open([approvalOf(1)]);
    drop(ticket(1));
    await tell({ name: 'approvals', waiting: 0 });
    await pass(300);
    list.push(approvalOf(2));
    await tell({ name: 'approvals', waiting: 1 });
    await pass(1_000);
    expect(closed).not.toHaveBeenCalled();
    expect(heading(view)).toBe(SITE);
  });
});

describe('what became of it', () => {
  const refusal = {
    code: 'EXCHANGE',
    data: { status: 400, code: 'INSUFFICIENT_FUNDS', message: 'Insufficient funds' },
  };
  it.each([
    ['refused', { outcome: 'refused', error: refusal }, 'The exchange refused it', 'Insufficient'],
    ['unknown', { outcome: 'unknown' }, 'What became of it', 'Look at the exchange before'],
    ['checking', { state: 'unknown' }, 'What became of it', 'Checking what became of'],
    ['absent', { outcome: 'absent' }, 'What became of it', 'did not take effect'],
  ] as const)('is told and waits to be read: %s', async (_name, more, title, words) => {
    const { fake, view, pass, press, drop, closed } = await open([approvalOf(1)]);
    fake.answers['approvals.approve'] = ({ ticket: id }) => {
      drop(id);
      return { request: request(1, more as never) };
    };
    await pass(700);
    await press('Approve');
    expect(heading(view)).toBe(title);
    expect(text(view.one('.notice'))).toContain(words);
    expect(closed).not.toHaveBeenCalled();
    await press('Close');
    await pass(400);
    expect(closed).toHaveBeenCalled();
  });

  it('is not guessed when the answer got lost: gone from the list, it may have been sent', async () => {
    const { fake, view, pass, press, drop } = await open([approvalOf(1)]);
    fake.answers['approvals.approve'] = ({ ticket: id }) => {
      drop(id);
      throw new Error('message port closed');
    };
    await pass(700);
    await press('Approve');
    expect(text(view.root)).toContain('cannot be told right now');
  });

  it('is asked again when the answer got lost and it still waits', async () => {
    const { fake, view, pass, press } = await open([approvalOf(1)]);
    fake.answers['approvals.approve'] = () => {
      throw new Error('message port closed');
    };
    await pass(700);
    await press('Approve');
    expect(heading(view)).toBe(SITE);
    expect(view.all('[role=alert]')).toHaveLength(1);
  });
});

describe('what cannot be taken back', () => {
  const withdrawal = () => approvalOf(1, { requests: [preparedOrder(1, { needsPassword: true })] });

  it('is asked with the password, which stays nowhere', async () => {
    const { view, pass, press, asked, fake } = await open([withdrawal()]);
    await pass(700);
    await press('Approve');
    expect(asked('approvals.approve')).toEqual([]);
    expect(view.description(view.labelled('Password'))).toContain('Fill it in');
    view.labelled('Password').value = 'correct horse';
    fake.answers['approvals.approve'] = () => {
      throw new AppError('WRONG_PASSWORD', undefined);
    };
    await press('Approve');
    expect(asked('approvals.approve')).toEqual([
      { ticket: ticket(1), digest: 'digest 1', password: 'correct horse' },
    ]);
    expect(view.labelled('Password').value).toBe('');
    expect(view.description(view.labelled('Password'))).toContain('Wrong password');
  });
});

describe('a withdrawal', () => {
  const ADDRESS = '7NFjPUaVGkgcn41Qqb3ZPNHVvgvDbGPHEJkXU9WG7ZtN';
  const params = { symbol: 'SOL', quantity: '3', blockchain: 'Solana', address: ADDRESS };
  const asked = (): ApprovalView =>
    approvalOf(1, {
      requests: [
        preparedOrder(1, {
          instruction: 'withdraw',
          params,
          needsPassword: true,
          canonical: `instruction=withdraw&address=${ADDRESS}`,
          phrase: { key: 'wordsWithdraw', values: ['3 SOL', ADDRESS, 'Solana'] },
        }),
      ],
    });
  const withBook = async (address: string, needsCode = false) => {
    reads.withdrawalQueryAll = [];
    reads.depositQueryAll = [];
    reads.depositAddressQuery = { address: 'CiDwVBFgWV9E5MvXWoLgnEgn2hK7rJikbvfWavzAQz3' };
    const entry = { id: ticket(5), label: 'Cold', address, blockchain: 'Solana', needsCode };
    const scene = await open([asked()], { book: [{ ...entry, createdAt: 1 }] });
    await scene.pass(700);
    return scene;
  };

  it('shows the whole address in groups, on the danger surface, and every field', async () => {
    const { view } = await withBook(ADDRESS);
    expect(view.one('main').className).toContain('approval-danger');
    expect(text(view.one('.approval-sentence'))).toBe('Withdraw 3 SOL on Solana to');
    expect(text(view.one('.address'))).toBe(ADDRESS);
    expect(text(view.one('[aria-label=Details]'))).toContain('NetworkSolana');
    expect(text(view.root)).not.toContain(messages.get('warnFirstTime'));
    expect(text(view.root)).not.toContain('Remember for this site');
  });

  it('R29: asks to hold the button for an address that looks like a known one', async () => {
    const { view } = await withBook(`7NFj${ADDRESS.slice(4, -4).replaceAll('g', 'h')}7ZtN`);
    expect(text(view.one('[aria-label=Warnings]'))).toContain('Cold');
    expect(view.button('Approve').className).toContain('hold-button');
  });

  it('asks for the code before the first try where the address book says so', async () => {
    const { view, press, asked: heard } = await withBook(ADDRESS, true);
    expect(text(view.one('.signed-text code'))).toContain('&twoFactorToken=•••&timestamp=');
    view.labelled('Password').value = 'correct horse';
    await press('Approve');
    expect(heard('approvals.approve')).toEqual([]);
    expect(text(view.one('dialog h2'))).toBe('Two-factor code');
    view.labelled('Code').value = '123456';
    await press('Confirm');
    view.all('dialog form')[0]?.dispatchEvent(new Event('submit', { cancelable: true }));
    expect(heard('approvals.approve')).toEqual([
      {
        ticket: ticket(1),
        digest: 'digest 1',
        password: 'correct horse',
        twoFactor: { way: 'code', code: '123456' },
      },
    ]);
  });
});

describe('connecting', () => {
  it('binds the account that is chosen, with reads ticked beforehand', async () => {
    const { view, pass, press, asked } = await open([connectView(1)]);
    const select = view.labelled('Account') as unknown as HTMLSelectElement;
    await act(() => {
      select.value = account(2).id;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await pass(700);
    await press('Approve');
    expect(asked('approvals.approve')).toEqual([
      {
        ticket: ticket(1),
        digest: 'digest 1',
        account: account(2).id,
        terms: expect.objectContaining({ scopes: ['read'], kinds: [] }),
      },
    ]);
  });

  it('R33: a site that is bound is offered no other account', async () => {
    const { pass, press, asked } = await open([{ ...connectView(1), account: account(2).id }]);
    await pass(700);
    await press('Approve');
    expect(asked('approvals.approve')).toMatchObject([{ account: account(2).id }]);
  });

  it('gives no power that is unticked', async () => {
    const { view, pass, press, asked } = await open([connectView(1)]);
    await act(() => view.labelled('Read balances, orders, positions and history').click());
    await pass(700);
    await press('Approve');
    expect(asked('approvals.approve')).toEqual([
      { ticket: ticket(1), digest: 'digest 1', account: account(1).id },
    ]);
  });

  it('needs an account that the exchange knows', async () => {
    const { view, pass, press, asked } = await open([connectView(1)], {
      opening: unlocked([account(1, 'unregistered')]),
    });
    await pass(700);
    await press('Approve');
    expect(asked('approvals.approve')).toEqual([]);
    expect(text(view.root)).toContain('There is no account that the exchange knows');
  });
});

describe('remembering', () => {
  const box = 'Remember for this site';
  it('starts with the least that lets the request through, and is kept only once it is approved', async () => {
    const { fake, view, pass, press, asked } = await open([approvalOf(1)]);
    const order: string[] = [];
    fake.answers['grants.save'] = ({ terms }) => {
      order.push(...fake.heard.map(({ method }) => method));
      return { ...terms, id: ticket(9), origin: SITE, account: account(1).id, createdAt: 1 };
    };
    await act(() => view.labelled(box).click());
    expect(view.labelled('Most per order').value).toBe('226');
    expect(view.all('.chips li').map(text)).toEqual(['SOL_USDCRemove SOL_USDC']);
    expect(view.labelled('Limit orders').checked).toBe(true);
    expect(view.labelled('Market orders').checked).toBe(false);
    await view.fill('Most in 24 hours', '1000');
    await pass(700);
    expect(asked('grants.save')).toEqual([]);
    await press('Approve');
    expect(asked('grants.save')).toEqual([
      {
        origin: SITE,
        account: account(1).id,
        terms: expect.objectContaining({
          scopes: ['trade'],
          markets: ['SOL_USDC'],
          kinds: ['limit'],
          maxOrder: '226',
          maxDay: '1000',
          maxPerMinute: 1,
        }),
      },
    ]);
    expect(order.indexOf('approvals.approve')).toBeLessThan(order.indexOf('grants.save'));
  });

  it('approves nothing while the limits make no sense', async () => {
    const { view, pass, press, asked } = await open([approvalOf(1)]);
    await act(() => view.labelled(box).click());
    await view.fill('Most in 24 hours', '1');
    await pass(700);
    await press('Approve');
    expect(asked('approvals.approve')).toEqual([]);
    expect(view.description(view.labelled('Most in 24 hours'))).toContain('The least is 226');
  });

  it('says so if it could not be kept', async () => {
    const { fake, view, pass, press } = await open([approvalOf(1)]);
    fake.answers['grants.save'] = () => {
      throw new AppError('STORAGE', undefined);
    };
    await act(() => view.labelled(box).click());
    await pass(700);
    await press('Approve');
    expect(text(view.root)).toContain('It will ask again');
  });

  it.each([
    ['a signature that trades', approvalOf(1, { kind: 'sign', window: 5000 })],
    [
      'what cannot be granted',
      approvalOf(1, { requests: [preparedOrder(1, { instruction: 'x' })] }),
    ],
    [
      'a batch',
      approvalOf(1, { kind: 'signBatch', requests: [preparedOrder(1), preparedOrder(2)] }),
    ],
    ['what met a limit that was set', approvalOf(1, { because: 'day-cap' })],
  ])('is not offered for %s', async (_name, approval) => {
    const { view } = await open([approval]);
    expect(view.root.textContent).not.toContain(box);
  });

  it('says why a person is asked', async () => {
    const { view } = await open([approvalOf(1, { because: 'day-cap' })]);
    expect(text(view.root)).toContain('Asked because it would take this site over its limit');
  });
});

describe('a second factor', () => {
  const refused = (message: string) =>
    request(1, {
      outcome: 'refused',
      error: { code: 'EXCHANGE', data: { status: 400, code: 'INVALID_TWO_FACTOR_CODE', message } },
    });
  it('is asked for without another password, for the same request', async () => {
    const { fake, view, pass, press, asked, desk } = await open([
      approvalOf(1, { requests: [preparedOrder(1, { needsPassword: true })] }),
    ]);
    fake.answers['approvals.approve'] = () => ({ request: refused('Two factor required') });
    await pass(700);
    view.labelled('Password').value = 'correct horse';
    await press('Approve');
    expect(desk.approvals.stage.value).toMatchObject({ status: 'code', reason: 'needed' });
    expect(heading(view)).toBe(SITE);
    fake.answers['approvals.approve'] = () => ({ request: refused('Invalid two factor code') });
    await desk.approvals.approve({ twoFactor: { way: 'code', code: '123456' } });
    expect(desk.approvals.stage.value).toMatchObject({ status: 'code', reason: 'wrong' });
    expect(asked('approvals.approve')).toEqual([
      { ticket: ticket(1), digest: 'digest 1', password: 'correct horse' },
      { ticket: ticket(1), digest: 'digest 1', twoFactor: { way: 'code', code: '123456' } },
    ]);
  });
});

describe('R16: a locked vault', () => {
  it('is unlocked first, and unlocking approves nothing', async () => {
    const { fake, view, pass, asked } = await open([approvalOf(1)], { opening: locked });
    expect(heading(view)).toBe('Buckle is locked');
    expect(asked('approvals.list')).toEqual([]);
    fake.answers['session.unlock'] = () => unlocked([account(1)]);
    await view.fill('Password', 'correct horse');
    view.one('form').dispatchEvent(new Event('submit', { cancelable: true }));
    await pass(0);
    expect(heading(view)).toBe(SITE);
    expect(view.button('Approve').getAttribute('aria-disabled')).toBe('true');
    expect(asked('approvals.approve')).toEqual([]);
  });

  it('takes what was shown out of sight at once', async () => {
    const { fake, view, tell } = await open([approvalOf(1)]);
    fake.answers['session.open'] = () => locked;
    await tell({ name: 'session', status: 'locked' });
    expect(text(view.root)).not.toContain('SOL');
    expect(heading(view)).toBe('Buckle is locked');
  });

  it('closes when nothing waits any more', async () => {
    const { pass, tell, closed } = await open([approvalOf(1)], { opening: locked });
    await tell({ name: 'approvals', waiting: 0 });
    await pass(3_000);
    expect(closed).toHaveBeenCalled();
  });

  it('stays when what waits is being taken up after the unlock', async () => {
    const { fake, pass, tell, closed, view } = await open([approvalOf(1)], { opening: locked });
    await tell({ name: 'approvals', waiting: 0 });
    fake.answers['session.open'] = () => unlocked([account(1)]);
    await tell({ name: 'session', status: 'unlocked' });
    await pass(1_000);
    expect(closed).not.toHaveBeenCalled();
    expect(heading(view)).toBe(SITE);
  });
});
