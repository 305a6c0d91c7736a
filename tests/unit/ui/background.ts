import { toWireError } from '../../../src/core/errors.ts';
import { createWalletCall, type WalletCall } from '../../../src/messaging/client.ts';
import type {
  AccountInfo,
  AnswerOf,
  Opening,
  RequestOf,
  WalletMethod,
} from '../../../src/messaging/contract.ts';
import type { Settings } from '../../../src/messaging/settings.ts';

type Answers = {
  [M in WalletMethod]?: (request: RequestOf<M>) => AnswerOf<M> | Promise<AnswerOf<M>>;
};

export interface FakeBackground {
  call: WalletCall;
  /** What is answered; tests change it as they go. A message without an answer fails as INTERNAL. */
  answers: Answers;
  /** Every message that came, in order. */
  heard: { method: WalletMethod; request: unknown }[];
}

/** The background as a page sees it: the real client over a runtime that answers from a table. */
export function fakeBackground(answers: Answers = {}): FakeBackground {
  const fake: FakeBackground = {
    answers,
    heard: [],
    call: createWalletCall({
      onMessage: { addListener: () => undefined, removeListener: () => undefined },
      async sendMessage(message) {
        const { method, request } = message as { method: WalletMethod; request: never };
        fake.heard.push({ method, request });
        try {
          const answer = fake.answers[method];
          if (!answer) throw new RangeError(`no answer to ${method}`);
          return { ok: true, value: await answer(request) };
        } catch (error) {
          return { ok: false, error: toWireError(error) };
        }
      },
    }),
  };
  return fake;
}

export const settings: Settings = {
  autoLockMinutes: 15,
  lockOnLastWindow: true,
  theme: 'system',
  windowMs: 5000,
};

export const account = (number: number, status: AccountInfo['status'] = 'active'): AccountInfo => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  label: `Account ${number}`,
  apiKey: `${'A'.repeat(42)}${number}=`,
  status,
  createdAt: 1,
});

export const locked: Opening = { status: 'locked', settings };

export const unlocked = (accounts: AccountInfo[], selected = accounts[0]?.id): Opening => ({
  status: 'unlocked',
  settings,
  unlocked: {
    accounts,
    ...(selected === undefined ? {} : { selected }),
    deadline: 1_000_000,
    snapshot: {},
    requests: [],
  },
});
