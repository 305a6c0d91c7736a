import { computed, effect, signal, untracked } from '@preact/signals';
import { isList } from '../../core/canonical.ts';
import type { WalletCall } from '../../messaging/client.ts';
import type { WalletEvent } from '../../messaging/contract.ts';
import { singleOf } from '../../messaging/shapes.ts';
import type { ApprovalView } from '../../messaging/sites.ts';
import { orderOf } from '../order-qualifiers.ts';
import { type Approvals, createApprovals } from './approvals.ts';
import { noticingLocks } from './noticing-locks.ts';
import { createPoller } from './poller.ts';
import type { Presence } from './presence.ts';
import { createSession, type Session } from './session.ts';
import { createSurroundings, type Subject, type Surroundings } from './surroundings.ts';

/** What the approval page brings along: the browser's side of things. */
export interface ApprovalOutside {
  call: WalletCall;
  listen(listener: (event: WalletEvent) => void): void;
  presence: Presence;
  /** R8: this page is inside another one. Nothing can be decided then. */
  framed: boolean;
  close(): void;
}

/** All state of the approval page. */
export interface ApprovalDesk {
  call: WalletCall;
  session: Session;
  approvals: Approvals;
  surroundings: Surroundings;
  framed: boolean;
  close(): void;
}

/** The list is asked for again now and then: an event that was missed must not leave a decision hidden. */
const LIST_MS = 10_000;
/** What comes close after the last one still finds the window. */
const CLOSE_AFTER_MS = 400;
/** What is being taken up, as after an unlock, waits nowhere for a moment. */
const CLOSE_EMPTY_AFTER_MS = 3_000;

function subjectOf({ account, requests }: ApprovalView): Subject | undefined {
  const [first] = requests;
  if (account === undefined || !first) return undefined;
  const kind = first.instruction === 'withdraw' ? 'withdrawal' : 'orders';
  const isOrder = orderOf(first) !== undefined || isList(first.params);
  return {
    account,
    params: singleOf(first),
    kind: isOrder || kind === 'withdrawal' ? kind : 'other',
  };
}

export function createApprovalDesk(outside: ApprovalOutside): ApprovalDesk {
  const { presence, framed } = outside;
  const call = noticingLocks(outside.call, () => void session.open());
  const session = createSession(call);
  const approvals = createApprovals(call);
  const unlocked = computed(() => session.state.value.status === 'unlocked');
  /** The same object for the same request, however often the list comes anew. */
  let last: { ticket: string; subject: Subject | undefined } | undefined;
  const subject = computed(() => {
    const approval = unlocked.value ? approvals.shown.value : undefined;
    if (!approval) return undefined;
    if (last?.ticket !== approval.ticket) {
      last = { ticket: approval.ticket, subject: subjectOf(approval) };
    }
    return last.subject;
  });
  const surroundings = createSurroundings(call, presence, subject);
  const poller = createPoller(presence, LIST_MS, () => approvals.refresh(true));
  effect(() => {
    const asks = unlocked.value && !framed;
    untracked(() => {
      if (asks) return poller.start();
      poller.stop();
      approvals.reset();
    });
  });
  /** While locked the list cannot be had, only how many wait. */
  const noneWaits = signal(false);
  let closing: ReturnType<typeof setTimeout> | undefined;
  let hasShown = false;
  effect(() => {
    hasShown = unlocked.value && (hasShown || approvals.shown.value !== undefined);
    const over = unlocked.value ? approvals.over.value : noneWaits.value;
    clearTimeout(closing);
    const wait = hasShown ? CLOSE_AFTER_MS : CLOSE_EMPTY_AFTER_MS;
    closing = over ? setTimeout(outside.close, wait) : undefined;
  });
  outside.listen((event) => {
    session.hear(event);
    if (event.name === 'approvals') noneWaits.value = event.waiting === 0;
    if (unlocked.value) approvals.hear(event);
  });
  return { call, session, approvals, surroundings, framed, close: outside.close };
}
