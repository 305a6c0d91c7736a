// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { RequestView } from '../../../src/messaging/requests.ts';
import type { BookEntry } from '../../../src/messaging/transfers.ts';
import { App } from '../../../src/ui/app/App.tsx';
import { createApp } from '../../../src/ui/state/app.ts';
import { transferring } from '../../../src/ui/state/transferring.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { account, fakeBackground, unlocked } from './background.ts';
import { show } from './dom.ts';
import { balances, request, requestId } from './exchange-answers.ts';
import { getMessage } from './texts.ts';
import { assets, depositRow, EVM, entry, SOLANA, withdrawalRow } from './transfer-answers.ts';

beforeAll(() => {
  provideTexts(getMessage);
  Element.prototype.scrollIntoView = () => undefined;
  vi.spyOn(HTMLDialogElement.prototype, 'showModal').mockReturnValue();
});

let reads: Record<string, unknown>;
let drafts: Record<string, unknown>;
let book: { entries: BookEntry[]; damaged: number };
let answer: () => RequestView | Promise<RequestView>;
let moved: string[];
let moves: boolean;
beforeEach(() => {
  reads = {
    balanceQuery: balances,
    withdrawalQueryAll: [],
    depositQueryAll: [],
    maxWithdrawalQuantity: { symbol: 'USDC', maxWithdrawalQuantity: '900' },
    depositAddressQuery: { address: SOLANA },
  };
  drafts = {};
  book = { entries: [], damaged: 0 };
  moved = [];
  moves = false;
});
const filled = (more: object = {}) => ({
  symbol: 'USDC',
  blockchain: 'Solana',
  address: SOLANA,
  quantity: '10',
  needsCode: false,
  ...more,
});

async function open(hash: string) {
  const fake = fakeBackground({
    'session.open': () => unlocked([account(1)]),
    'drafts.read': ({ form }) => drafts[form] ?? null,
    'drafts.write': () => ({}),
    'requests.list': () => [],
    'addressBook.list': () => book,
    'addressBook.save': (given) => ({ ...entry(), ...given, id: entry().id }),
    'addressBook.remove': () => ({}),
    'exchange.market': () => ({ at: Date.now(), answer: assets }),
    'exchange.read': ({ instruction }) => {
      const read = reads[instruction];
      if (read instanceof Error) throw read;
      return { at: Date.now(), answer: read };
    },
    'requests.prepare': ({ account: id, instruction, params }) => ({
      id: requestId(1),
      account: id,
      apiKey: 'k'.repeat(44),
      label: 'Main',
      instruction,
      method: 'POST',
      path: '/wapi/v1/capital/withdrawals',
      params: { ...params, clientId: 'buckle-1' },
      window: 5000,
      canonical: 'instruction=withdraw&address=…',
      digest: 'd',
      phrase: { key: 'wordsWithdraw', values: ['10 USDC', 'Solana', SOLANA] },
      needsPassword: true,
    }),
    'requests.send': () => answer(),
  });
  const app = createApp({
    call: fake.call,
    listen: () => undefined,
    presence: { isVisible: () => true, isOnline: () => true, onChange: () => () => undefined },
    surface: 'popup',
    hash,
    openFullPage: () => undefined,
    moveToWindow: async (where) => {
      if (moves) moved.push(where);
      return moves;
    },
  });
  await app.session.open();
  const view = show(<App app={app} />);
  await view.settled();
  await vi.dynamicImportSettled();
  for (let turn = 0; turn < 4; turn += 1) await view.settled();
  return { app, fake, view };
}
type View = Awaited<ReturnType<typeof open>>['view'];
const text = (element: HTMLElement): string =>
  element.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
const dialog = (view: View): string => text(view.one('dialog'));
const press = async (view: View, name: string): Promise<void> => {
  await view.press(name);
  for (let turn = 0; turn < 4; turn += 1) await view.settled();
};
const options = (view: View, label: string): string[] =>
  [...view.labelled(label).querySelectorAll('option')].map((option) => text(option));
const sent = (view: Awaited<ReturnType<typeof open>>) =>
  view.fake.heard.filter(({ method }) => method === 'requests.send').map((each) => each.request);
const withdrawn = (more: Partial<RequestView> = {}): RequestView =>
  request(1, {
    instruction: 'withdraw',
    params: { symbol: 'USDC', blockchain: 'Solana', address: SOLANA, quantity: '10' },
    withdrawalId: '7',
    ...more,
  });
const refusal = (code: string, message: string): Partial<RequestView> => ({
  outcome: 'refused',
  error: { code: 'EXCHANGE', data: { status: 400, code, message } },
});

describe('the form for a withdrawal', () => {
  it('lists what can move, with what is available, and each network with what it asks', async () => {
    drafts.withdraw = filled();
    const { view } = await open('#transfer');
    expect(options(view, 'Asset')).toEqual(['Choose an asset', 'USDC · 1,000', 'XRP · 0']);
    expect(options(view, 'Network')).toEqual([
      'Choose a network',
      'Solana · fee 1 · min. 2',
      'Base · fee 1 · min. 2',
      'Arbitrum · withdrawals are off',
    ]);
  });

  it('takes back the draft of the popup before', async () => {
    drafts.withdraw = filled();
    const { view } = await open('#transfer');
    expect(view.labelled('Address').value).toBe(SOLANA);
    expect(view.labelled('Quantity').value).toBe('10');
    expect(view.root.textContent).toContain('9 – 10');
  });

  it.each([
    [{ address: EVM }, 'Address', 'another network (Base'],
    [{ quantity: '901' }, 'Quantity', 'More than can be withdrawn now. The most is 900.'],
    [{ blockchain: 'Base', address: EVM, quantity: '501' }, 'Quantity', 'at most 500'],
    [{ blockchain: 'Arbitrum', address: EVM }, 'Network', 'switched off withdrawals'],
    [{ symbol: 'XRP', blockchain: 'XRP' }, 'Network', 'wants a tag'],
  ])('says beside the field what is wrong with %j', async (more, label, words) => {
    reads.maxWithdrawalQuantity = {
      symbol: 'symbol' in more ? more.symbol : 'USDC',
      maxWithdrawalQuantity: '900',
    };
    drafts.withdraw = filled(more);
    const { view } = await open('#transfer');
    expect(view.description(view.labelled(label)).replace('Ethereum', 'Base')).toContain(words);
  });

  it('offers the one network that the address is for', async () => {
    drafts.withdraw = filled({ address: EVM });
    const { view } = await open('#transfer');
    await press(view, 'Use Base');
    expect(view.labelled('Network').value).toBe('Base');
  });

  it('puts in the most, and says not known where nobody could say it', async () => {
    drafts.withdraw = filled({ quantity: '' });
    const { view } = await open('#transfer');
    await press(view, 'Max');
    expect(view.labelled('Quantity').value).toBe('900');
    reads.maxWithdrawalQuantity = new AppError('NETWORK', { kind: 'timeout' });
    const again = await open('#transfer');
    expect(text(again.view.one('.figures'))).toContain('Can be withdrawnNot known');
  });

  it('R29: warns of a look-alike as it is typed, by the name of the address it is not', async () => {
    book = { entries: [entry()], damaged: 0 };
    drafts.withdraw = filled({ address: `${SOLANA.slice(0, 6)}xyz${SOLANA.slice(9)}` });
    const { view } = await open('#transfer');
    expect(text(view.one('[role=alert]'))).toContain('not Cold storage (Tokenk…3VQ5DA)');
  });

  it('warns of a deposit address of one’s own on another network, once it is known to be none here', async () => {
    reads.depositQueryAll = [depositRow(2, { source: 'hyperEVM', toAddress: EVM })];
    reads.depositAddressQuery = { address: '0xFB6916095ca1df60bB79Ce92cE3Ea74c37c5d359' };
    drafts.withdraw = filled({ blockchain: 'Base', address: EVM });
    const { view } = await open('#transfer');
    expect(text(view.one('[role=alert]'))).toContain('your own deposit address on HyperEVM');
    reads.depositAddressQuery = { address: EVM };
    const again = await open('#transfer');
    expect(again.view.all('[role=alert]')).toEqual([]);
  });

  it('R27: moves to a window with the draft written first, where the page would not stay', async () => {
    drafts.withdraw = filled();
    moves = true;
    const { fake, view } = await open('#transfer');
    await view.fill('Quantity', '11');
    await press(view, 'Review withdrawal');
    expect(moved).toEqual(['#transfer/withdraw/review']);
    const writes = fake.heard.filter(({ method }) => method === 'drafts.write');
    expect(writes.at(-1)?.request).toMatchObject({ form: 'withdraw', draft: { quantity: '11' } });
    expect(view.all('dialog')).toEqual([]);
  });

  it('R27: shows the review at once where it was opened for that', async () => {
    drafts.withdraw = filled();
    const { app, view } = await open('#transfer/withdraw/review');
    expect(dialog(view)).toContain('Withdraw 10 USDC on Solana to');
    expect(app.navigation.reviewing.value).toBe(false);
  });
});

describe('the review of a withdrawal', () => {
  it('shows every field, the fee and what will be signed', async () => {
    drafts.withdraw = filled();
    const { view } = await open('#transfer/withdraw/review');
    for (const words of [
      'Asset USDC',
      'Quantity 10',
      'Network Solana',
      `Address ${SOLANA}`,
      'Client id buckle-1',
      'Network fee 1 USDC',
      'Between 9 and 10 USDC',
      '&timestamp=<when sent>&window=5000',
      'Neither your address book nor your latest withdrawals',
    ]) {
      expect(
        dialog(view).replaceAll(
          /(Asset|Quantity|Network fee|Network|Address|Client id)(?=\S)/g,
          '$1 ',
        ),
      ).toContain(words);
    }
    const bold = view.all('.review-address strong').map((each) => each.textContent);
    expect(bold.join('')).toBe(SOLANA.slice(0, 8) + SOLANA.slice(-8));
    expect(view.one('.review-address').textContent).toBe(SOLANA);
  });

  it('sends with the password, which is nowhere afterwards, and tells what was made', async () => {
    drafts.withdraw = filled();
    answer = () => withdrawn();
    const page = await open('#transfer/withdraw/review');
    page.view.labelled('Password').value = 'hunter2hunter2';
    await press(page.view, 'Withdraw 10 USDC to Tokenk…3VQ5DA');
    expect(sent(page)).toMatchObject([{ password: 'hunter2hunter2', digest: 'd' }]);
    expect(page.view.all('dialog')).toEqual([]);
    expect(page.view.root.innerHTML).not.toContain('hunter2');
    expect(text(page.view.one('.placement'))).toContain('The exchange has taken it.');
    expect(page.view.labelled('Quantity').value).toBe('');
  });

  it('stays with a wrong password, emptied, and says so beside it', async () => {
    drafts.withdraw = filled();
    answer = () => Promise.reject(new AppError('WRONG_PASSWORD', undefined));
    const { view } = await open('#transfer/withdraw/review');
    view.labelled('Password').value = 'wrong';
    await press(view, 'Withdraw 10 USDC to Tokenk…3VQ5DA');
    expect(view.description(view.labelled('Password'))).toContain('Wrong password');
    expect(view.labelled('Password').value).toBe('');
  });

  it('of a look-alike is not confirmed by a form that is sent', async () => {
    book = { entries: [entry()], damaged: 0 };
    drafts.withdraw = filled({ address: `${SOLANA.slice(0, 6)}xyz${SOLANA.slice(9)}` });
    const page = await open('#transfer/withdraw/review');
    const form = page.view.one('dialog form') as HTMLFormElement;
    await act(() => form.requestSubmit());
    await page.view.settled();
    expect(sent(page)).toEqual([]);
    expect(page.view.one('.hold-button')).toBeDefined();
  });
});

describe('the prompt for a second factor', () => {
  it('has the exchange’s words, its address book and the three ways, and empties the code', async () => {
    drafts.withdraw = filled();
    answer = () => withdrawn(refusal('INVALID_TWO_FACTOR_CODE', 'Two factor code is required'));
    const page = await open('#transfer/withdraw/review');
    page.view.labelled('Password').value = 'p';
    await press(page.view, 'Withdraw 10 USDC to Tokenk…3VQ5DA');
    expect(dialog(page.view)).toContain('“Two factor code is required”');
    expect(page.view.one('a').getAttribute('href')).toBe(
      'https://backpack.exchange/settings/address-book',
    );
    await act(() => page.view.labelled('App token').click());
    const code = page.view.labelled('Code');
    expect([code.type, code.autocomplete]).toEqual(['password', 'one-time-code']);
    code.value = ' 123 456 ';
    answer = () => withdrawn(refusal('INVALID_TWO_FACTOR_CODE', 'Invalid two factor code'));
    await press(page.view, 'Confirm');
    expect(sent(page).at(-1)).toMatchObject({ twoFactor: { way: 'app', code: '123456' } });
    expect(page.view.labelled('Code').value).toBe('');
    expect(text(page.view.one('[role=alert]'))).toContain('did not accept the code');
    expect(page.view.labelled('App token').checked).toBe(true);
  });

  it('asks for no code where the exchange takes none', async () => {
    drafts.withdraw = filled();
    answer = () =>
      withdrawn(refusal('FORBIDDEN', 'Two factor tokens are currently disabled through the API'));
    const { view } = await open('#transfer/withdraw/review');
    await press(view, 'Withdraw 10 USDC to Tokenk…3VQ5DA');
    expect(dialog(view)).toContain('no code can help');
    expect(view.all('dialog input')).toEqual([]);
  });

  it('comes before the first try where the person said so, with the password still in its field', async () => {
    drafts.withdraw = filled({ needsCode: true });
    answer = () => withdrawn();
    const page = await open('#transfer/withdraw/review');
    page.view.labelled('Password').value = 'p';
    await press(page.view, 'Withdraw 10 USDC to Tokenk…3VQ5DA');
    expect(sent(page)).toEqual([]);
    page.view.labelled('Code').value = '123456';
    await press(page.view, 'Confirm');
    expect(sent(page)).toMatchObject([{ password: 'p', twoFactor: { code: '123456' } }]);
  });
});

describe('the report of a withdrawal', () => {
  it.each([
    ['on its way', {}, 'Status: Pending. On its way'],
    ['confirmed', { status: 'confirmed', transactionHash: 'abc' }, 'Status: Confirmed.'],
    ['delayed', { triggerAt: '2030-01-02T03:04:05' }, 'Your account delays it: it starts at'],
    ['waiting for its owner', { status: 'recipientInformationRequired' }, 'on its own site'],
    ['of a status that is new to us', { status: 'paused' }, 'The exchange calls it “paused”'],
  ])('that is %s', async (_name, more, words) => {
    drafts.withdraw = filled();
    answer = () => withdrawn();
    reads.withdrawalQueryAll = [withdrawalRow(7, more)];
    const { view } = await open('#transfer/withdraw/review');
    await press(view, 'Withdraw 10 USDC to Tokenk…3VQ5DA');
    expect(text(view.one('.placement'))).toContain(words);
  });
});

describe('the address book', () => {
  it('is used, and says which of its entries were changed behind Buckle’s back', async () => {
    book = {
      entries: [
        entry({ needsCode: true }),
        entry({ id: requestId(9), blockchain: 'Bitcoin', label: 'Other' }),
      ],
      damaged: 2,
    };
    drafts.withdraw = filled({ address: '' });
    const { view } = await open('#transfer');
    await press(view, 'Address book');
    expect(dialog(view)).toContain('2 entries of the address book no longer open');
    expect(view.all('dialog button').map(text)).not.toContain('Use Other');
    await press(view, 'Use Cold storage');
    expect(view.labelled('Address').value).toBe(SOLANA);
    expect(view.root.textContent).toContain('In your address book: Cold storage');
    const check = view.labelled('This address asks for a two-factor code');
    expect(check.checked).toBe(true);
  });

  it('saves what the form holds, and removes only when asked twice', async () => {
    drafts.withdraw = filled();
    const { fake, view } = await open('#transfer');
    await press(view, 'Address book');
    expect(dialog(view)).toContain('No addresses yet');
    await press(view, 'Save an address');
    await view.fill('Name', 'Cold storage');
    book = { entries: [entry()], damaged: 0 };
    await press(view, 'Save');
    const asked = (method: string) =>
      fake.heard.filter((each) => each.method === method).map((each) => each.request);
    expect(asked('addressBook.save')).toEqual([
      { label: 'Cold storage', address: SOLANA, blockchain: 'Solana', needsCode: false },
    ]);
    await press(view, 'Remove');
    expect(asked('addressBook.remove')).toEqual([]);
    await press(view, 'Remove Cold storage');
    expect(asked('addressBook.remove')).toEqual([{ id: entry().id }]);
  });
});

describe('deposit', () => {
  it('shows the address, its code and the least there is to send', async () => {
    drafts.deposit = { symbol: 'USDC', blockchain: 'Solana' };
    const { view } = await open('#transfer/deposit');
    expect(view.labelled('Deposit address').value).toBe(SOLANA);
    expect(view.labelled('Deposit address').readOnly).toBe(true);
    expect(view.one('svg[role=img]').getAttribute('aria-label')).toBe('Deposit address QR code');
    expect(view.root.textContent).toContain('At least 1 USDC');
  });

  it('shows none where deposits are off, and asks for none', async () => {
    drafts.deposit = { symbol: 'USDC', blockchain: 'Arbitrum' };
    const { fake, view } = await open('#transfer/deposit');
    expect(view.description(view.labelled('Network'))).toContain('switched off deposits');
    const asked = fake.heard.filter(({ request: of }) =>
      JSON.stringify(of).includes('depositAddressQuery'),
    );
    expect(asked).toEqual([]);
  });

  it('says what the exchange says while the address is being made', async () => {
    const message = 'Deposit address is already being created';
    const conflict = { status: 409, code: 'PRECONDITION_FAILED', message };
    reads.depositAddressQuery = new AppError('EXCHANGE', conflict);
    drafts.deposit = { symbol: 'USDC', blockchain: 'Solana' };
    const { view } = await open('#transfer/deposit');
    expect(view.root.textContent).toContain(`still making an address on Solana`);
    reads.depositAddressQuery = { address: SOLANA };
    await press(view, 'Try again');
    expect(view.labelled('Deposit address').value).toBe(SOLANA);
  });
});

describe('transfers', () => {
  it('are in one list, the newest first, each whole on hover', async () => {
    reads.withdrawalQueryAll = [withdrawalRow(1, { isInternal: true })];
    reads.depositQueryAll = [depositRow(2)];
    const { view } = await open('#transfer/transfers');
    const rows = view.all('tbody tr').map(text);
    expect(rows[0]).toMatch(/Deposit.*250\.5 USDC.*HyperEVM.*Confirmed/);
    expect(rows[1]).toMatch(/Withdrawal.*25 USDC.*Inside the exchange.*Pending/);
    expect(view.all('[title]').map((each) => each.title)).toContain(SOLANA);
  });

  it('invite where there is nothing, and keep what was seen where it cannot be asked', async () => {
    const { app, view } = await open('#transfer/transfers');
    expect(view.root.textContent).toContain('No transfers yet');
    reads.depositQueryAll = [depositRow(2)];
    await act(async () => void (await transferring(app.trading).transfers.refresh()));
    reads.depositQueryAll = new AppError('NETWORK', { kind: 'timeout' });
    await act(async () => void (await transferring(app.trading).transfers.refresh()));
    expect(view.all('tbody tr')).toHaveLength(1);
    expect(view.one('.stale')).toBeDefined();
    expect(view.root.textContent).toContain('Try again');
  });
});
