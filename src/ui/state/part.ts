import { type ReadonlySignal, untracked } from '@preact/signals';
import type { WalletEvent } from '../../messaging/contract.ts';
import type { Tab } from './navigation.ts';
import type { Remote } from './remote.ts';
import type { Trading } from './trading.ts';

/** Something that is asked for again and again while a tab is shown. `refresh` yields whether it went well; it never throws. */
export interface Poll {
  everyMs: number;
  refresh(): Promise<boolean>;
}

/**
 * State that one screen stands on and the first paint does not need. Its code comes with the screen's: screens are read when
 * they are first shown (`app/lazily.tsx`), and only they import the file of their part.
 */
export interface Part {
  /** Another account is shown, or Buckle locks: drops everything that is of the account before. */
  reset(): void;
  /** An account is shown, of which the part knows nothing yet: takes back its drafts. */
  restore?(): void;
  hear?(event: WalletEvent): void;
  /** The tab it belongs to. Only while that is shown are `polls` asked, and do `remotes` count for how fresh the screen is. */
  readonly tab?: Tab;
  readonly polls?: readonly Poll[];
  readonly remotes?: ReadonlySignal<readonly Remote<unknown>[]>;
}

/**
 * A part of the trading state, made when a screen first asks for it and the same from then on:
 * `export const ticket = part(createTicket)` beside the factory, and `ticket(app.trading)` in the screen.
 */
export function part<P extends Part>(make: (trading: Trading) => P): (trading: Trading) => P {
  const made = new WeakMap<Trading, P>();
  return (trading) => {
    const there = made.get(trading);
    if (there) return there;
    // Asked for while a screen is drawn, which must not be drawn anew for what is looked at here.
    return untracked(() => {
      const fresh = make(trading);
      made.set(trading, fresh);
      trading.join(fresh);
      return fresh;
    });
  };
}
