// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { account } from './background.ts';
import { openApp, type Reads, textOf } from './open-app.tsx';
import { getMessage } from './texts.ts';

beforeAll(() => {
  provideTexts(getMessage);
  Element.prototype.scrollIntoView = () => undefined;
  vi.spyOn(HTMLDialogElement.prototype, 'showModal').mockReturnValue();
  vi.spyOn(HTMLDialogElement.prototype, 'close').mockReturnValue();
});

let reads: Reads;
beforeEach(() => {
  reads = {
    accountQuery: {
      autoBorrowSettlements: true,
      autoLend: false,
      autoRealizePnl: true,
      autoRepayBorrows: true,
      borrowLimit: '1000',
      futuresMakerFee: '2',
      futuresTakerFee: '5',
      leverageLimit: '10',
      limitOrders: 3,
      liquidating: false,
      positionLimit: null,
      spotMakerFee: '-0.5',
      spotTakerFee: '9.5',
      triggerOrders: 1,
    },
    collateralQuery: {
      netEquity: '1200.5',
      netEquityAvailable: '1000',
      liabilitiesValue: '0',
      pnlUnrealized: '0',
      marginFraction: null,
      collateral: [
        { symbol: 'USDC', totalQuantity: '1000', collateralWeight: '1', collateralValue: '1000' },
        { symbol: 'ETH', totalQuantity: '0', collateralWeight: '0.9', collateralValue: '0' },
      ],
    },
    borrowLendPositionQuery: [
      { id: '1', symbol: 'USDC', netQuantity: '250', netExposureNotional: '250' },
      { id: '2', symbol: 'SOL', netQuantity: '-2', cumulativeInterest: '0.01' },
    ],
    maxBorrowQuantity: { symbol: 'SOL', maxBorrowQuantity: '12.5' },
    maxWithdrawalQuantity: { symbol: 'USDC', maxWithdrawalQuantity: '700' },
  };
});

const open = (sent?: Parameters<typeof openApp>[1]) =>
  openApp('#settings/account', { reads, surface: 'popup', ...sent });
type Opened = Awaited<ReturnType<typeof open>>;
const section = ({ view }: Opened, title: string): Element => {
  const found = view
    .all('section')
    .find((each) => textOf(each.querySelector('h2') ?? undefined) === title);
  if (!found) throw new Error(`there is no section ${title}`);
  return found;
};
const chooseRadio = async ({ view }: Opened, value: string): Promise<void> => {
  await act(async () => view.one(`input[type=radio][value="${value}"]`).click());
  await view.settled();
};
const chooseAsset = async ({ view }: Opened, asset: string): Promise<void> => {
  const select = view.labelled('Asset');
  await act(async () => {
    select.value = asset;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await view.settled();
};

describe('the account', () => {
  it('says its limits, and its fees in percent', async () => {
    const opened = await open();
    expect(textOf(section(opened, 'Limits'))).toBe(
      'LimitsLimit orders open3Trigger orders open1Borrow limit1,000 USDPosition limit–',
    );
    expect(textOf(section(opened, 'Fees'))).toContain('Spot-0.005 %0.095 %Futures0.02 %0.05 %');
    expect(opened.view.root.textContent).toContain('realises profit and loss by itself');
  });

  it('says what is lent, owed and behind it', async () => {
    const opened = await open();
    expect(textOf(section(opened, 'Lent and borrowed'))).toContain('USDCLent250250');
    expect(textOf(section(opened, 'Lent and borrowed'))).toContain('SOLBorrowed2');
    const collateral = textOf(section(opened, 'Collateral'));
    expect(collateral).toContain('Net equity1,200.50 USD');
    expect(collateral).toContain('Nothing is at risk');
    expect(collateral).not.toContain('ETH');
  });

  it('fails part by part, each with its reason and what is known of the rest', async () => {
    reads.collateralQuery = new AppError('EXCHANGE', {
      status: 503,
      code: 'MAINTENANCE',
      message: 'down',
    });
    const opened = await open();
    expect(textOf(section(opened, 'Collateral'))).toContain('Try again');
    expect(textOf(section(opened, 'Limits'))).toContain('Limit orders open3');
  });

  it('looks up what can be moved, when asked', async () => {
    const opened = await open();
    await chooseRadio(opened, 'maxWithdrawalQuantity');
    expect(
      opened
        .asked('exchange.read')
        .some((each) => Object(each).instruction === 'maxWithdrawalQuantity'),
    ).toBe(false);
    await opened.view.press('Look up');
    expect(textOf(section(opened, 'What can be moved now'))).toContain('This is needed.');
    await opened.view.fill('Market or asset', 'USDC');
    await opened.view.press('Look up');
    expect(textOf(section(opened, 'What can be moved now'))).toContain('At most 700 · USDC');
  });
});

describe('a change of its settings', () => {
  it('sends only what differs, with the password, and says what became of it', async () => {
    const opened = await open();
    const { view } = opened;
    expect(view.button('No change yet').disabled).toBe(true);
    await view.fill('Leverage limit', '5');
    await act(async () => view.labelled('Lend automatically').click());
    await view.press('Review change');
    expect(opened.asked('requests.prepare')).toEqual([
      {
        account: account(1).id,
        instruction: 'accountUpdate',
        params: { leverageLimit: '5', autoLend: true },
      },
    ]);
    view.labelled('Password').value = 'brass buckle';
    await view.press('Change account settings: autoLend: true, leverageLimit: 5');
    expect(opened.asked('requests.send')).toMatchObject([{ password: 'brass buckle' }]);
    expect(textOf(section(opened, 'Account settings'))).toContain('Done: Change account settings');
    // It is made: nothing is left to be changed.
    expect(view.button('No change yet').disabled).toBe(true);
  });

  it('and a loan, one after the other, each leave their form empty', async () => {
    const opened = await open();
    const { view } = opened;
    await view.fill('Leverage limit', '5');
    await view.press('Review change');
    await view.press('Set the leverage limit of the account to 5');
    await chooseAsset(opened, 'USDC');
    await view.fill('Quantity', '10');
    await view.press('Review request');
    await view.press('Lend 10 USDC');
    expect(view.labelled('Quantity').value).toBe('');
    expect(view.button('No change yet').disabled).toBe(true);
    expect(opened.asked('requests.send').length).toBe(2);
  });

  it('takes back what is as it was', async () => {
    const { view } = await open();
    await view.fill('Leverage limit', '5');
    await view.fill('Leverage limit', '10');
    expect(view.button('No change yet').disabled).toBe(true);
  });

  it('keeps the review, and the form, where the password is wrong', async () => {
    const opened = await open({
      sent: () => {
        throw new AppError('WRONG_PASSWORD', undefined);
      },
    });
    const { view } = opened;
    await view.fill('Leverage limit', '5');
    await view.press('Review change');
    const password = view.labelled('Password');
    password.value = 'wrong';
    await view.press('Set the leverage limit of the account to 5');
    expect(view.description(password)).toContain('password');
    expect(password.value).toBe('');
    expect(view.labelled('Leverage limit').value).toBe('5');
  });

  it.each([
    ['0', 'greater than zero'],
    ['5x', 'not a number'],
    ['1,5', 'Leave out commas'],
  ])('refuses a leverage of %s beside its field', async (typed, words) => {
    const opened = await open();
    await opened.view.fill('Leverage limit', typed);
    await opened.view.press('Review change');
    const field = opened.view.labelled('Leverage limit');
    expect(opened.view.description(field)).toContain(words);
    expect(field.value).toBe(typed);
    expect(opened.asked('requests.prepare')).toEqual([]);
  });
});

describe('lending and borrowing', () => {
  const prepare = (opened: Opened) =>
    opened.asked('requests.prepare').map((each) => Object(each).params);

  it.each([
    ['lend', 'USDC', '100', { symbol: 'USDC', side: 'Lend', quantity: '100' }],
    ['redeem', 'USDC', '250', { symbol: 'USDC', side: 'Borrow', quantity: '250' }],
    ['borrow', 'SOL', '12.5', { symbol: 'SOL', side: 'Borrow', quantity: '12.5' }],
    ['repay', 'SOL', '2', { symbol: 'SOL', side: 'Lend', quantity: '2' }],
  ])('%s %s asks for the side that does it', async (action, asset, quantity, params) => {
    const opened = await open();
    await chooseRadio(opened, action);
    await chooseAsset(opened, asset);
    await opened.view.fill('Quantity', quantity);
    const form = section(opened, 'Lend or borrow');
    await act(async () => form.querySelector<HTMLButtonElement>('button[type=submit]')?.click());
    await opened.view.settled();
    expect(prepare(opened)).toEqual([params]);
  });

  it.each([
    ['redeem', 'USDC', '250.01', '250'],
    ['repay', 'SOL', '2.1', '2'],
    ['lend', 'USDC', '1000.01', '1,000'],
    ['borrow', 'SOL', '13', '12.5'],
  ])('%s of more than there is is refused: %s %s', async (action, asset, quantity, most) => {
    const opened = await open();
    await chooseRadio(opened, action);
    await chooseAsset(opened, asset);
    await opened.view.fill('Quantity', quantity);
    const form = section(opened, 'Lend or borrow');
    await act(async () => form.querySelector<HTMLButtonElement>('button[type=submit]')?.click());
    await opened.view.settled();
    expect(prepare(opened)).toEqual([]);
    const field = opened.view.labelled('Quantity');
    expect(opened.view.description(field)).toContain(`The most is ${most}.`);
    expect(field.value).toBe(quantity);
  });

  it('says in the review that what is lent comes back first, and what the outcome can tell', async () => {
    const opened = await open();
    await chooseRadio(opened, 'redeem');
    await chooseAsset(opened, 'USDC');
    await opened.view.press('Max');
    const form = section(opened, 'Lend or borrow');
    await act(async () => form.querySelector<HTMLButtonElement>('button[type=submit]')?.click());
    await opened.view.settled();
    const review = textOf(opened.view.one('dialog'));
    expect(review).toContain('Borrow 250 USDC');
    expect(review).toContain('250 USDC are lent: borrowing takes that back first.');
    expect(review).toContain('That is not always certain.');
  });
});

describe('the meter of requests', () => {
  it('says how many are left, and until when nothing is sent', async () => {
    const opened = await openApp('#settings', { reads, surface: 'popup' });
    expect(opened.view.root.textContent).toContain('1,987 of 2,000 requests left in this minute');
    expect(opened.view.one('meter').getAttribute('value')).toBe('1987');
    const until = Date.now() + 60_000;
    opened.fake.answers['rate.read'] = () => ({ left: 0, capacity: 2000, pausedUntil: until });
    await opened.view.press('Open account');
    await opened.view.press('Back');
    expect(opened.view.root.textContent).toContain('The exchange asked for a pause.');
  });

  it('leads to the forms of all instructions in the full page, from the popup by way of it', async () => {
    const popup = await openApp('#settings', { reads, surface: 'popup' });
    expect(popup.view.root.textContent).not.toContain('Open all instructions');
    const full = await openApp('#settings', { reads });
    await full.view.press('Open all instructions');
    expect(full.view.root.textContent).toContain('Search instructions');
  });
});
