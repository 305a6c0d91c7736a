import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { createWalletCall, listen } from '../../../src/messaging/client.ts';
import type { WalletEvent } from '../../../src/messaging/contract.ts';

const dropped = new Error('The message port closed before a response was received.');
const id = '5f0c6f39-7f0d-4d0e-9a6b-0c2b62a1a001';
const send = { id, account: id, instruction: 'orderCancelAll', params: {}, digest: 'd' };
const view = { ...send, origin: 'buckle', state: 'settled', outcome: 'done', recordedAt: 1 };

/** A background that answers with these, one after the other. */
function background(...answers: unknown[]) {
  const asked: unknown[] = [];
  const call = createWalletCall({
    sendMessage: async (message) => {
      asked.push(message);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    onMessage: { addListener: () => undefined, removeListener: () => undefined },
  });
  return { call, asked };
}

const ok = (value: unknown) => ({ ok: true, value });
const refused = (code: string, data?: unknown) => ({ ok: false, error: { code, data } });
const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('calling the background', () => {
  it('yields the checked reply, without what the contract does not know', async () => {
    const { call } = background(ok({ deadline: 5 }));
    expect(await call('session.touch', {})).toEqual({ deadline: 5 });
  });

  it('throws what the background refused with, data and all', async () => {
    const { call } = background(refused('INVALID_INPUT', { path: 'price', reason: 'tick' }));
    const error = await errorOf(call('requests.list', {}));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', data: { path: 'price', reason: 'tick' } });
  });

  it('refuses a reply that does not fit the contract', async () => {
    const { call } = background(ok({ deadline: 'soon' }));
    expect(await errorOf(call('session.touch', {}))).toBeInstanceOf(Error);
  });

  it('R25: asks again when the background was stopped before it answered', async () => {
    // What Firefox says depends on how far the message had come.
    const words = "Actor 'Conduits' destroyed before query 'RuntimeMessage' was resolved";
    for (const lost of [dropped, new Error(words), undefined, null]) {
      const { call, asked } = background(lost, ok(view));
      expect(await call('requests.send', send)).toMatchObject({ outcome: 'done' });
      expect(asked).toHaveLength(2);
      expect(asked[0]).toEqual(asked[1]);
    }
  });

  it('R25: asks once more where the second asking is dropped with the first', async () => {
    const { call, asked } = background(dropped, dropped, ok(view));
    expect(await call('requests.send', send)).toMatchObject({ outcome: 'done' });
    expect(asked).toHaveLength(3);
  });

  it('R25: an approval is asked again; what the second asking is refused with is not its fate', async () => {
    const approval = { ticket: id, digest: 'd' };
    const taken = background(dropped, ok({ request: view }));
    expect(await taken.call('approvals.approve', approval)).toMatchObject({ request: { id } });
    const { call } = background(dropped, refused('INVALID_INPUT', { path: 'ticket' }));
    expect(await errorOf(call('approvals.approve', approval))).toBe(dropped);
  });

  it('asks nothing twice that twice would do twice', async () => {
    const { call, asked } = background(dropped, ok({}));
    expect(await errorOf(call('accounts.generate', { label: 'Main' }))).toBe(dropped);
    expect(asked).toHaveLength(1);
  });

  it('never lets a refusal of the second asking stand for the fate of a request that may have left', async () => {
    for (const second of [refused('LOCKED'), refused('UNAUTHORIZED'), dropped]) {
      const { call } = background(dropped, second, dropped, dropped);
      const error = await errorOf(call('requests.send', send));
      expect(error).toBe(dropped);
    }
  });
});

describe('listening', () => {
  it('hears events of the background and nothing else, and answers nobody', () => {
    let listener: ((message: unknown, sender: { tab?: unknown }) => undefined) | undefined;
    const heard: WalletEvent[] = [];
    const stop = listen(
      {
        sendMessage: async () => undefined,
        onMessage: {
          addListener: (added) => {
            listener = added;
          },
          removeListener: (removed) => {
            if (listener === removed) listener = undefined;
          },
        },
      },
      (event) => heard.push(event),
    );
    const event = { name: 'session', status: 'locked' };
    for (const message of [
      null,
      'x',
      { channel: 'other', event },
      { channel: 'buckle-event', event },
    ]) {
      expect(listener?.(message, {})).toBeUndefined();
    }
    // A content script can send the same, and a page that has broken into its process writes what it likes.
    for (const forged of [event, { name: 'approvals', waiting: 0 }, 'x']) {
      const sender = { tab: { id: 1 } };
      expect(listener?.({ channel: 'buckle-event', event: forged }, sender)).toBeUndefined();
    }
    expect(heard).toEqual([event]);
    stop();
    expect(listener).toBeUndefined();
  });
});
