// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { Inspected } from '../../../src/messaging/transfers.ts';
import { endText } from '../../../src/ui/screens/Inspector/InspectedRequest.tsx';
import { Inspector } from '../../../src/ui/screens/Inspector/Inspector.tsx';
import type { App } from '../../../src/ui/state/app.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { type FakeBackground, fakeBackground } from './background.ts';
import { show } from './dom.ts';
import { getMessage } from './texts.ts';

beforeAll(() => provideTexts(getMessage));

const request = (number: number, more: Partial<Inspected> = {}): Inspected => ({
  number,
  at: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  tookMs: 41.6,
  instruction: 'orderExecute',
  method: 'POST',
  path: '/api/v1/order',
  signedText: `instruction=orderExecute&symbol=SOL_USDC&timestamp=${number}&window=5000`,
  status: 200,
  answer: '{"id":"1"}',
  ...more,
});

let on: boolean;
let requests: Inspected[];
let fake: FakeBackground;
beforeEach(() => {
  on = false;
  requests = [];
  fake = fakeBackground({
    'inspector.read': () => ({ on, requests }),
    'inspector.switch': ({ on: next }) => {
      on = next;
      if (!on) requests = [];
      return {};
    },
  });
});

async function open() {
  const presence = { isVisible: () => true, isOnline: () => true, onChange: () => () => undefined };
  const app = { call: fake.call, presence } as unknown as App;
  const view = show(<Inspector app={app} onBack={() => undefined} />);
  await view.settled();
  return view;
}

describe('the signing inspector', () => {
  it('is off, says so, and says what it is for', async () => {
    const view = await open();
    expect(view.labelled('Record signed requests').checked).toBe(false);
    expect(view.root.textContent).toContain('Nothing is recorded');
    expect(view.root.textContent).toContain('kept in memory only');
  });

  it('waits for requests once it is on, and drops them when it is off', async () => {
    const view = await open();
    view.labelled('Record signed requests').click();
    await view.settled();
    expect(view.root.textContent).toContain('Nothing was signed yet');
    requests = [request(1)];
    view.labelled('Record signed requests').click();
    await view.settled();
    expect(fake.heard.filter(({ method }) => method === 'inspector.switch')).toMatchObject([
      { request: { on: true } },
      { request: { on: false } },
    ]);
    expect(view.root.textContent).toContain('Nothing is recorded');
  });

  it('shows each request: text, way, status, time it took, and the answer folded', async () => {
    on = true;
    requests = [request(2, { status: 400, answer: 'no' }), request(1)];
    const view = await open();
    const [first, second] = view.all('.inspected');
    expect(first?.textContent).toMatch(/orderExecutePOST \/api\/v1\/order.*status 40042 ms/);
    expect(second?.textContent).toContain('timestamp=1&window=5000');
    const folds = [...(second?.querySelectorAll('details') ?? [])].map((fold) => fold.open);
    expect(folds).toEqual([true, false]);
    expect(second?.querySelector('time')?.getAttribute('title')).toBe('2026-01-02T03:04:05.678Z');
  });

  it('says why it cannot look', async () => {
    fake.answers['inspector.read'] = () => Promise.reject(new AppError('STORAGE', undefined));
    const view = await open();
    expect(view.one('[role=alert]').textContent).toContain('could not store');
  });

  it.each([
    [{ status: 200 }, 'status 200'],
    [{ failure: 'timeout' }, 'no answer in time'],
    [{ failure: 'offline' }, 'offline'],
    [{ failure: 'connection' }, 'connection broken'],
    [{}, 'under way'],
  ])('says how a request ended: %j', (end, words) => {
    const { status: _, ...rest } = request(1);
    expect(endText({ ...rest, ...end })).toBe(words);
  });
});
