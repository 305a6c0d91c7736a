import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { toWireError, type WireError } from '../../core/errors.ts';
import type { WalletCall } from '../../messaging/client.ts';
import type { AccountInfo, Opening, WalletEvent } from '../../messaging/contract.ts';
import type { Settings } from '../../messaging/settings.ts';

export type Unlocked = NonNullable<Opening['unlocked']>;

/** What a surface knows of the session. Whatever is private is only in `unlocked`, and gone when that is gone. */
export type SessionState =
  | { status: 'opening' }
  | { status: 'failed'; error: WireError }
  | { status: 'empty' | 'damaged'; settings: Settings }
  /** `isOlder`: of what will be unlocked there was a later state, which is lost. */
  | { status: 'locked'; settings: Settings; isOlder?: true }
  | { status: 'unlocked'; settings: Settings; unlocked: Unlocked };

export interface Session {
  readonly state: ReadonlySignal<SessionState>;
  readonly accounts: ReadonlySignal<readonly AccountInfo[]>;
  /** The selected account. */
  readonly account: ReadonlySignal<AccountInfo | undefined>;
  readonly settings: ReadonlySignal<Settings | undefined>;
  /** The browser refused to write the vault's second copy. */
  readonly lacksSecond: ReadonlySignal<boolean>;
  /**
   * Calls `listener` with what came with the session each time another account is shown, and with `undefined` when Buckle
   * locks: everything private is to be dropped then.
   */
  onAccount(listener: (unlocked: Unlocked | undefined) => void): void;
  /** Asks the background how things stand. */
  open(): Promise<void>;
  create(password: string): Promise<void>;
  unlock(password: string): Promise<void>;
  lock(): Promise<void>;
  restore(text: string, password: string): Promise<void>;
  erase(confirmation: string): Promise<void>;
  select(account: string): Promise<void>;
  /** Takes over what a call has answered. */
  adopt(opening: Opening): void;
  /** There was input in this surface: at most one message in 20 s. */
  touch(): void;
  hear(event: WalletEvent): void;
}

const TOUCH_EVERY_MS = 20_000;

const stateOf = ({ status, settings, isOlder, unlocked }: Opening): SessionState => {
  if (status === 'unlocked' && unlocked) return { status, settings, unlocked };
  if (status === 'empty' || status === 'damaged') return { status, settings };
  return { status: 'locked', settings, ...(isOlder ? { isOlder } : {}) };
};

export function createSession(call: WalletCall, now: () => number = Date.now): Session {
  const state = signal<SessionState>({ status: 'opening' });
  const settings = signal<Settings>();
  const listeners: ((unlocked: Unlocked | undefined) => void)[] = [];
  let shown: string | undefined;
  let asked = 0;
  let touchedAt = Number.NEGATIVE_INFINITY;

  const show = (next: SessionState): void => {
    const unlocked = next.status === 'unlocked' ? next.unlocked : undefined;
    const account = unlocked && (unlocked.selected ?? 'none');
    const changed = account !== shown;
    shown = account;
    if (changed && !unlocked) for (const listener of listeners) listener(undefined);
    if ('settings' in next) settings.value = next.settings;
    state.value = next;
    if (changed && unlocked) for (const listener of listeners) listener(unlocked);
  };

  /** Only the answer to the newest question counts: an older one may tell of a session that has been locked since. */
  const ask = async (question: () => Promise<Opening>): Promise<void> => {
    asked += 1;
    const mine = asked;
    const opening = await question();
    if (mine === asked) show(stateOf(opening));
  };

  const open = (): Promise<void> =>
    ask(() => call('session.open', {})).catch((error: unknown) => {
      if (state.value.status === 'opening' || state.value.status === 'failed') {
        show({ status: 'failed', error: toWireError(error) });
      }
    });

  const dropPrivate = (): void => {
    asked += 1;
    if (state.value.status === 'unlocked') {
      show({ status: 'locked', settings: state.value.settings });
    }
  };

  const unlocked = computed(() =>
    state.value.status === 'unlocked' ? state.value.unlocked : undefined,
  );

  return {
    state,
    settings,
    accounts: computed(() => unlocked.value?.accounts ?? []),
    account: computed(() =>
      unlocked.value?.accounts.find(({ id }) => id === unlocked.value?.selected),
    ),
    lacksSecond: computed(() => unlocked.value?.lacksSecond === true),
    onAccount(listener) {
      listeners.push(listener);
    },
    open,
    create: (password) => ask(() => call('session.create', { password })),
    unlock: (password) => ask(() => call('session.unlock', { password })),
    async lock() {
      dropPrivate();
      await call('session.lock', {}).catch(() => undefined);
      // Whatever came of it, show how things stand: a lock that failed must not look like one.
      await open();
    },
    restore: (text, password) => ask(() => call('session.restore', { text, password })),
    erase: (confirmation) =>
      ask(async () => {
        if (confirmation !== 'ERASE') throw new RangeError('erase without its confirmation');
        return call('session.erase', { confirmation });
      }),
    select: (id) => ask(() => call('accounts.select', { id })),
    adopt(opening) {
      asked += 1;
      show(stateOf(opening));
    },
    touch() {
      if (state.value.status !== 'unlocked' || now() - touchedAt < TOUCH_EVERY_MS) return;
      touchedAt = now();
      // The deadline is the background's: if this is lost, the worst is an earlier lock.
      call('session.touch', {}).catch(() => undefined);
    },
    hear(event) {
      if (event.name !== 'session') return;
      if (event.status !== 'unlocked') dropPrivate();
      void open();
    },
  };
}
