import { canonicalRequest, type Params } from '../../../src/core/canonical.ts';
import { AppError } from '../../../src/core/errors.ts';
import { entryOf } from '../../../src/exchange/instructions/index.ts';
import { decodeParams } from '../../../src/exchange/schema.ts';
import type { Prepared, RequestView } from '../../../src/messaging/requests.ts';
import { App } from '../../../src/ui/app/App.tsx';
import { createApp, type Surface } from '../../../src/ui/state/app.ts';
import { account, fakeBackground, unlocked } from './background.ts';
import { show } from './dom.ts';
import { balances, markets, markPrices, requestId, tickers } from './exchange-answers.ts';

/** What the exchange answers, by instruction: a value, or what is thrown. */
export type Reads = Record<string, unknown>;

const publics = { markets, tickers, markPrices, assets: [] };

let nextId = 900;

/** As the background prepares a request, with an id of its own where the instruction has one. */
export function preparedOf(instruction: string, params: unknown): Prepared {
  const entry = entryOf(instruction);
  const decoded = decodeParams(entry.params, params) as Params;
  const { key, values } = entry.words(decoded);
  return {
    id: requestId(nextId++),
    account: account(1).id,
    apiKey: account(1).apiKey,
    label: account(1).label,
    instruction,
    method: entry.method,
    path: entry.path,
    params: decoded as Prepared['params'],
    window: 5000,
    canonical: canonicalRequest(instruction, decoded),
    digest: 'd'.repeat(43),
    phrase: { key, values: [...values] },
    needsPassword: entry.scope === 'account' || entry.scope === 'withdraw',
  };
}

interface Options {
  reads?: Reads;
  surface?: Surface;
  /** What Buckle sent before. */
  requests?: RequestView[];
  /** What becomes of a request that is confirmed. */
  sent?: (asked: { password?: string | undefined }) => Partial<RequestView>;
}

/** The whole app at one of its screens, over a background that answers as told. */
export async function openApp(hash: string, options: Options = {}) {
  const { reads = {}, surface = 'full', requests = [], sent = () => ({}) } = options;
  const known: Reads = { balanceQuery: balances, orderQueryAll: [], positionQuery: [], ...reads };
  const fake = fakeBackground({
    'session.open': () => {
      const opening = unlocked([account(1)]);
      return opening.unlocked
        ? { ...opening, unlocked: { ...opening.unlocked, requests } }
        : opening;
    },
    'drafts.read': () => null,
    'drafts.write': () => ({}),
    'requests.list': () => requests,
    'rate.read': () => ({ left: 1987, capacity: 2000 }),
    'exchange.market': ({ name }) => ({
      at: Date.now(),
      answer: publics[name as keyof typeof publics],
    }),
    'exchange.read': ({ instruction, params }) => {
      const found = known[instruction];
      const answer = typeof found === 'function' ? found(params) : found;
      if (answer instanceof Error) throw answer;
      if (answer === undefined) throw new AppError('NETWORK', { kind: 'timeout' });
      return { at: Date.now(), ...(Array.isArray(answer) ? { total: answer.length } : {}), answer };
    },
    'requests.prepare': ({ instruction, params }) => preparedOf(instruction, params),
    'requests.send': ({ id, instruction, params, password }) => ({
      id,
      account: account(1).id,
      origin: 'buckle',
      instruction,
      params: params as RequestView['params'],
      state: 'settled',
      outcome: 'done',
      recordedAt: Date.now(),
      settledAt: Date.now(),
      ...sent({ password }),
    }),
  });
  const app = createApp({
    call: fake.call,
    listen: () => undefined,
    presence: { isVisible: () => true, isOnline: () => true, onChange: () => () => undefined },
    surface,
    hash,
    openFullPage: () => undefined,
    moveToWindow: async () => false,
  });
  await app.session.open();
  const view = show(<App app={app} />);
  // The tab, then what is opened within it, are read when they are first shown.
  for (const _level of [1, 2, 3]) await view.settled();
  /** What was asked by that message, in order. */
  const asked = (method: string): unknown[] =>
    fake.heard.filter((each) => each.method === method).map(({ request }) => request);
  return { app, fake, view, asked };
}

export const textOf = (element: Element | undefined): string =>
  element?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
