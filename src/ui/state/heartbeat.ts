import { effect, type ReadonlySignal, type Signal, untracked } from '@preact/signals';
import type { WalletCall } from '../../messaging/client.ts';
import type { LiveState } from '../../messaging/live.ts';
import type { Presence } from './presence.ts';
import { NO_STREAMS, type Streams } from './streams.ts';

/** What this surface shows, and so what has to be streamed. */
export interface Watched {
  account: string;
  market?: string;
  depth?: boolean;
}

/** A surface not heard of for 25 s is taken for gone. */
const EVERY_MS = 10_000;
/** No answer after so long: nobody is there who would tell of anything. */
const OVERDUE_MS = 5_000;

export interface Heartbeat {
  /** The background told of a stream's state. */
  tell(part: keyof Streams, state: LiveState): void;
}

interface HeartbeatDependencies {
  call: WalletCall;
  presence: Presence;
  /** A UUID of this surface. */
  surface: string;
  watched: ReadonlySignal<Watched | undefined>;
  /** Kept up here. */
  streams: Signal<Streams>;
  /** The account's streams are live without having said so: what they told until now was told to others. */
  joined(): void;
}

/** Says what is on screen, at once when that changes and now and then, as long as somebody can see it; and how the streams stand. */
export function createHeartbeat(deps: HeartbeatDependencies): Heartbeat {
  const { call, presence, surface, watched, streams } = deps;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let overdue: ReturnType<typeof setTimeout> | undefined;
  let round = 0;
  let isThere = false;
  /** What was told since the question left is newer than its answer. */
  const told = new Set<keyof Streams>();

  const answered = (mine: number, answer: Streams): void => {
    if (mine !== round) return;
    const before = streams.peek();
    const next = {
      account: told.has('account') ? before.account : answer.account,
      market: told.has('market') ? before.market : answer.market,
    };
    streams.value = next;
    if (next.account === 'live' && before.account !== 'live') deps.joined();
  };
  const leave = (): void => {
    if (!isThere) return;
    isThere = false;
    round += 1;
    streams.value = NO_STREAMS;
    call('live.leave', { surface }).catch(() => undefined);
  };
  const beat = (): void => {
    clearTimeout(timer);
    clearTimeout(overdue);
    const what = watched.peek();
    if (!what || !presence.isVisible()) {
      leave();
      return;
    }
    isThere = true;
    round += 1;
    const mine = round;
    told.clear();
    const silent: Streams = { account: 'down', market: what.market === undefined ? 'off' : 'down' };
    timer = setTimeout(beat, EVERY_MS);
    overdue = setTimeout(() => answered(mine, silent), OVERDUE_MS);
    call('live.watch', { surface, ...what })
      .catch(() => silent)
      .then((answer) => {
        if (mine === round) clearTimeout(overdue);
        answered(mine, answer);
      });
  };

  let before: Watched | undefined;
  effect(() => {
    const now = watched.value;
    untracked(() => {
      const { account, market } = streams.peek();
      streams.value = {
        account: now?.account === before?.account ? account : 'off',
        market: now?.market === before?.market ? market : 'off',
      };
      before = now;
      beat();
    });
  });
  presence.onChange(beat);

  return {
    tell(part, state) {
      if (!isThere) return;
      told.add(part);
      streams.value = { ...streams.peek(), [part]: state };
    },
  };
}
