// @vitest-environment happy-dom
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError, invalid } from '../../../src/core/errors.ts';
import type { Opening, WalletEvent } from '../../../src/messaging/contract.ts';
import { App } from '../../../src/ui/app/App.tsx';
import { createApp } from '../../../src/ui/state/app.ts';
import {
  createExchangeReach,
  type ExchangeReach,
  FREE_REACH,
} from '../../../src/ui/state/exchange-reach.ts';
import { provideTexts, t } from '../../../src/ui/text.ts';
import { account, fakeBackground, locked, settings, unlocked } from './background.ts';
import { show } from './dom.ts';
import { getMessage, messages } from './texts.ts';

beforeAll(() => provideTexts(getMessage));

/** The whole app over a fake background, as it is when `opening` has been answered. */
async function start(
  opening: Opening,
  hash = '',
  open: () => Opening = () => opening,
  reach: ExchangeReach = FREE_REACH,
) {
  const fake = fakeBackground({
    'session.open': open,
    'drafts.read': () => null,
    'sites.list': () => ({ sites: [], blocked: [], everySite: false }),
  });
  const listeners: ((event: WalletEvent) => void)[] = [];
  const app = createApp({
    call: fake.call,
    listen: (listener) => void listeners.push(listener),
    presence: { isVisible: () => true, isOnline: () => true, onChange: () => () => undefined },
    surface: 'popup',
    hash,
    reach,
    openFullPage: () => undefined,
    moveToWindow: async () => false,
  });
  await app.session.open();
  const view = show(<App app={app} />);
  await view.settled();
  const asked = (method: string): unknown[] =>
    fake.heard.filter((message) => message.method === method).map(({ request }) => request);
  const tell = (event: WalletEvent): void => {
    for (const listener of listeners) listener(event);
  };
  return { fake, app, view, asked, tell };
}
const heading = (view: ReturnType<typeof show>): string => view.one('h1').textContent ?? '';
const alerts = (view: ReturnType<typeof show>): string[] =>
  view.all('[role=alert]').map((alert) => alert.textContent ?? '');

describe('without storage', () => {
  it('says so on a screen of its own, tries again, and is no first run', async () => {
    let isBroken = true;
    const { app, view } = await start(locked, '', () => {
      if (isBroken) throw new AppError('STORAGE', undefined);
      return locked;
    });
    await vi.waitFor(() => expect(heading(view)).toBe('Buckle has no storage'));
    isBroken = false;
    await view.press('Try again');
    await view.settled();
    expect(heading(view)).toBe('Buckle is locked');
    expect(app.session.state.value.status).toBe('locked');
  });
});

describe('without the exchange’s host', () => {
  it('says so above every tab, asks for it in the turn of the press, and is silent again once it is there', async () => {
    let allowed = false;
    const listeners: (() => void)[] = [];
    const asked: unknown[] = [];
    const event = { addListener: (listener: () => void) => void listeners.push(listener) };
    const reach = createExchangeReach({
      permissions: {
        contains: async () => allowed,
        request: async (wanted) => {
          asked.push(wanted);
          allowed = true;
          return true;
        },
        onAdded: event,
        onRemoved: event,
      },
    });
    const { view } = await start(unlocked([account(1)]), '#settings', undefined, reach);
    const says = (): boolean => alerts(view).some((text) => text.includes(t('noReach')));
    // The notice is read from the package when it is first shown.
    await vi.waitFor(() => expect(says()).toBe(true));
    await view.press('Allow access');
    expect(asked).toEqual([{ origins: ['https://api.backpack.exchange/*'] }]);
    await view.settled();
    expect(says()).toBe(false);
    allowed = false;
    for (const listener of listeners) listener();
    await view.settled();
    expect(says()).toBe(true);
  });
});

describe('first run', () => {
  it('makes a vault only of two equal passwords', async () => {
    const { fake, view, asked } = await start({ status: 'empty', settings });
    expect(heading(view)).toBe('Welcome to Buckle');
    fake.answers['session.create'] = () => unlocked([]);
    await view.fill('Password', 'correct horse');
    await view.fill('Confirm password', 'correct house');
    await view.press('Create vault');
    expect(alerts(view)).toEqual([messages.get('invalidPasswordMismatch')]);
    expect(asked('session.create')).toEqual([]);
    await view.fill('Confirm password', 'correct horse');
    await view.press('Create vault');
    expect(asked('session.create')).toEqual([{ password: 'correct horse' }]);
    await view.settled();
    expect(view.one('[role=tablist]').getAttribute('aria-label')).toBe('Main');
  });
});

describe('unlocking', () => {
  it('says beside the field that the password is wrong, empties it and stays in it', async () => {
    const { fake, view } = await start(locked);
    fake.answers['session.unlock'] = () => {
      throw new AppError('WRONG_PASSWORD', undefined);
    };
    await view.fill('Password', 'not this one');
    await view.press('Unlock');
    const field = view.labelled('Password');
    expect(view.description(field)).toBe(messages.get('errorWrongPassword'));
    expect(field.value).toBe('');
    expect(document.activeElement).toBe(field);
    expect(view.root.innerHTML).not.toContain('not this one');
  });

  it('does not ask the background about an empty password', async () => {
    const { view, asked } = await start(locked);
    await view.press('Unlock');
    expect(asked('session.unlock')).toEqual([]);
    expect(alerts(view)).toHaveLength(1);
  });

  it('R23: says before that what will open is older than what was saved last', async () => {
    const { view } = await start({ ...locked, isOlder: true });
    expect(view.root.textContent).toContain(messages.get('olderVault'));
    const { view: usual } = await start(locked);
    expect(usual.root.textContent).not.toContain(messages.get('olderVault'));
  });

  it('says above the field what is not about the password', async () => {
    const { fake, view } = await start(locked);
    fake.answers['session.unlock'] = () => {
      throw new AppError('STORAGE', undefined);
    };
    await view.fill('Password', 'right');
    await view.press('Unlock');
    expect(alerts(view)).toEqual([messages.get('errorStorage')]);
    expect(view.labelled('Password').hasAttribute('aria-invalid')).toBe(false);
  });
});

describe('forgotten and damaged', () => {
  it('erases only after the word was typed', async () => {
    const { fake, view, asked } = await start(locked);
    fake.answers['session.erase'] = () => ({ status: 'empty', settings });
    await view.press('Forgot password');
    await view.press('Erase everything');
    await view.fill('Type ERASE to confirm', 'erase');
    await view.press('Erase everything');
    expect(asked('session.erase')).toEqual([]);
    expect(alerts(view)).toHaveLength(1);
    await view.fill('Type ERASE to confirm', 'ERASE');
    await view.press('Erase everything');
    expect(asked('session.erase')).toEqual([{ confirmation: 'ERASE' }]);
    expect(heading(view)).toBe('Welcome to Buckle');
  });

  it('never takes a damaged vault for a first run', async () => {
    const { view } = await start({ status: 'damaged', settings });
    expect(heading(view)).toBe('The vault cannot be read');
    expect(view.all('button').map((button) => button.textContent)).not.toContain('Create vault');
    await view.press('Restore from backup');
    expect(view.labelled('Backup file').type).toBe('file');
  });

  it('says beside the file what is wrong with it, and keeps the password', async () => {
    const { fake, view } = await start({ status: 'empty', settings }, '#restore');
    fake.answers['session.restore'] = () => {
      throw invalid('backup', 'backup-damaged');
    };
    const file = new File(['{"format":"buckle-ba'], 'backup.json');
    Object.defineProperty(view.labelled('Backup file'), 'files', { value: [file] });
    await view.fill('Password', 'of the backup');
    await view.press('Restore');
    const input = view.labelled('Backup file');
    expect(view.description(input)).toBe(messages.get('invalidBackupDamaged'));
    expect(view.labelled('Password').value).toBe('of the backup');
  });
});

describe('restoring', () => {
  it('goes back to where it was begun', async () => {
    const { view } = await start(locked);
    await view.press('Forgot password');
    await view.press('Restore from backup');
    expect(heading(view)).toBe('Restore from backup');
    await view.press('Back');
    expect(heading(view)).toBe('Buckle is locked');
  });

  it('shows what came of it, and is over then', async () => {
    const { fake, view, tell } = await start({ status: 'empty', settings }, '#restore');
    fake.answers['session.restore'] = () => unlocked([account(1, 'unregistered')]);
    const file = new File(['{}'], 'backup.json');
    Object.defineProperty(view.labelled('Backup file'), 'files', { value: [file] });
    await view.fill('Password', 'of the backup');
    await view.press('Restore');
    expect(heading(view)).toContain('Account 1');
    fake.answers['session.open'] = () => locked;
    tell({ name: 'session', status: 'locked' });
    await view.settled();
    expect(heading(view)).toBe('Buckle is locked');
  });
});

describe('adding an account', () => {
  it('keeps all that was typed when the secret is refused', async () => {
    const { fake, view, asked } = await start(unlocked([]));
    fake.answers['drafts.write'] = () => ({});
    fake.answers['accounts.import'] = () => {
      throw invalid('secret', 'secret-length');
    };
    await view.fill('Account name', 'Main');
    await view.fill('API key', ' key ');
    await view.fill('API secret', 'c2VjcmV0');
    await view.press('Import key');
    expect(asked('accounts.import')).toEqual([
      { label: 'Main', apiKey: 'key', secret: 'c2VjcmV0' },
    ]);
    expect(view.description(view.labelled('API secret'))).toContain('wrong length');
    expect(view.labelled('Account name').value).toBe('Main');
    expect(view.labelled('API key').value).toBe(' key ');
    expect(view.labelled('API secret').value).toBe('c2VjcmV0');
  });

  it('keeps a draft of name and key, never of the secret', async () => {
    vi.useFakeTimers();
    try {
      const starting = start(unlocked([]));
      await vi.advanceTimersByTimeAsync(10);
      const { fake, view, asked } = await starting;
      fake.answers['drafts.write'] = () => ({});
      await view.fill('API key', 'key');
      await view.fill('API secret', 'c2VjcmV0');
      await vi.advanceTimersByTimeAsync(1000);
      expect(asked('drafts.write')).toEqual([
        { form: 'add-account', draft: { label: '', apiKey: 'key' } },
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('shows the public key of a key that the exchange does not know yet, and checks on demand', async () => {
    const fresh = account(1, 'unregistered');
    const { fake, view, asked } = await start(unlocked([fresh]));
    fake.answers['accounts.verify'] = () => {
      throw new AppError('UNREGISTERED_KEY', undefined);
    };
    expect(view.labelled('Public key').value).toBe(fresh.apiKey);
    expect(view.labelled('Public key').readOnly).toBe(true);
    expect(view.one('a').getAttribute('href')).toBe('https://backpack.exchange/settings/api-keys');
    await view.press('I have registered it');
    expect(asked('accounts.verify')).toEqual([{ id: fresh.id }]);
    expect(alerts(view)).toEqual([messages.get('verdictUnregistered')]);
  });
});

describe('locking', () => {
  it('takes every trace of the account off the screen at once', async () => {
    const one = account(1, 'unregistered');
    const { fake, view, tell } = await start(unlocked([one]));
    expect(view.labelled('Public key').value).toBe(one.apiKey);
    expect(view.root.innerHTML).toContain(one.label);
    fake.answers['session.open'] = () => locked;
    tell({ name: 'session', status: 'locked' });
    await view.settled();
    expect(heading(view)).toBe('Buckle is locked');
    expect(view.all('input').map((input) => (input as HTMLInputElement).value)).toEqual(['']);
    expect(document.body.innerHTML).not.toContain(one.label);
  });

  it('is noticed when a message is answered LOCKED', async () => {
    const { fake, app, view } = await start(unlocked([account(1, 'unregistered')]));
    fake.answers['session.open'] = () => locked;
    fake.answers['accounts.rename'] = () => {
      throw new AppError('LOCKED', undefined);
    };
    await expect(app.accounts.rename(account(1).id, 'x')).rejects.toThrow('LOCKED');
    await view.settled();
    expect(heading(view)).toBe('Buckle is locked');
  });
});

describe('settings', () => {
  const opened = async () => {
    const scene = await start(unlocked([account(1, 'unregistered')]), '#settings');
    scene.fake.answers['settings.write'] = (next) => next;
    return scene;
  };

  it.each([
    ['', 'invalidRequired'],
    ['5e3', 'invalidNumberFormat'],
    ['5,000', 'invalidNumberFormat'],
    ['999', 'invalidMinimum'],
    ['60001', 'invalidMaximum'],
  ])('refuses a request validity of "%s"', async (typed, key) => {
    const { view, asked } = await opened();
    await view.fill('Request validity', typed);
    await view.press('Save');
    const words = messages.get(key)?.split('$1')[0] ?? 'no such text';
    expect(alerts(view)[0]).toContain(words);
    expect(view.labelled('Request validity').value).toBe(typed);
    expect(asked('settings.write')).toEqual([]);
  });

  it('R23: says that the vault has one copy where the browser refused the other', async () => {
    const { view } = await opened();
    expect(view.root.textContent).not.toContain(messages.get('lacksSecond'));
    const opening = unlocked([account(1, 'unregistered')]);
    if (opening.unlocked) opening.unlocked.lacksSecond = true;
    const { view: lacking } = await start(opening, '#settings');
    expect(lacking.root.textContent).toContain(messages.get('lacksSecond'));
  });

  it('writes one setting and leaves the others', async () => {
    const { view, asked } = await opened();
    await view.fill('Request validity', '60000');
    await view.press('Save');
    expect(asked('settings.write')).toEqual([{ ...settings, windowMs: 60_000 }]);
  });

  it('removes an account only after asking', async () => {
    const { fake, view, asked } = await opened();
    fake.answers['accounts.remove'] = () => ({});
    await view.press('Remove account Account 1');
    expect(asked('accounts.remove')).toEqual([]);
    expect(view.one('dialog').textContent).toContain('Remove Account 1?');
    await view.press('Remove account');
    expect(asked('accounts.remove')).toEqual([{ id: account(1).id }]);
  });

  it('says at the current password that it is wrong', async () => {
    const { fake, view } = await opened();
    fake.answers['session.changePassword'] = () => {
      throw new AppError('WRONG_PASSWORD', undefined);
    };
    await view.press('Change password');
    await view.fill('New password', 'next password');
    await view.fill('Confirm new password', 'next password');
    view.one('dialog form').dispatchEvent(new Event('submit', { cancelable: true }));
    await view.settled();
    expect(view.description(view.labelled('Current password'))).toBe(
      messages.get('errorWrongPassword'),
    );
    expect(view.labelled('New password').hasAttribute('aria-invalid')).toBe(false);
  });
});
