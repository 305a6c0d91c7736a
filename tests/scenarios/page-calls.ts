import type { Driver, Surface } from '../drivers/driver.ts';
import { until } from '../drivers/wait.ts';
import { PASSWORD } from './steps.ts';

/** How a page's call ended: `value`, or what its error holds. */
export interface Ended {
  value?: unknown;
  code?: number;
  reason?: string;
  data?: Record<string, string | number>;
  message?: string;
}

export interface Pending {
  /** Waits for the end of the call. */
  end(timeoutMs?: number): Promise<Ended>;
  /** How it ended, if it has. */
  soFar(): Promise<Ended | undefined>;
}

const START = `(name, source) => {
  window.ends ??= {};
  const ended = (how) => { window.ends[name] = how; };
  const call = new Function('return ' + source);
  new Promise((done) => done(call())).then(
    (value) => ended({ value: value ?? null }),
    ({ code, reason, data, message }) => ended({ code, reason, data, message }),
  );
}`;
let calls = 0;

/** Starts a call in a page, given as its source, without waiting for its end: `buckle.client.balances()`. */
export async function start(page: Surface, source: string): Promise<Pending> {
  calls += 1;
  const name = `call-${calls}`;
  await page.evaluate(START, name, source);
  const soFar = async (): Promise<Ended | undefined> =>
    (await page.evaluate<Ended | null>('(name) => window.ends?.[name] ?? null', name)) ?? undefined;
  return { soFar, end: (timeoutMs) => until(`the end of ${source}`, soFar, timeoutMs) };
}

/** A call that needs nobody. */
export const call = async (page: Surface, source: string): Promise<Ended> =>
  (await start(page, source)).end();

/** The source of a call with params. */
export const source = (method: string, ...given: unknown[]): string =>
  `buckle.${method}(${given.map((each) => JSON.stringify(each)).join(', ')})`;

/** The approval window, once it shows what is asked. */
export async function nextApproval(driver: Driver): Promise<Surface> {
  const approval = await driver.nextWindow();
  await approval.role('button', 'Approve').waitFor();
  return approval;
}

/** Approves what is shown, with the password where it is asked for. */
export async function pressApprove(approval: Surface): Promise<void> {
  if (await approval.label('Password').isVisible()) await approval.label('Password').fill(PASSWORD);
  const button = approval.role('button', 'Approve');
  await until('Approve to be armed', async () => {
    const waits = (await button.attribute('aria-disabled')) ?? (await button.attribute('disabled'));
    return waits === null || undefined;
  });
  // Where a slip is likely it is kept pressed; pressed as assistive software does it, that runs by itself.
  if (await approval.css('.hold-button').isVisible()) {
    await approval.evaluate("() => document.querySelector('.hold-button').click()");
  } else await button.click();
}

/** Approves what is shown. Ends when the window has closed. */
export async function approve(approval: Surface): Promise<void> {
  await pressApprove(approval);
  await approval.closed();
}

export async function reject(approval: Surface): Promise<void> {
  await approval.role('button', /^Reject$/).click();
  await approval.closed();
}

/** What a test that failed has left behind is not the next one's. */
export async function clearApprovals(buckle: Surface): Promise<void> {
  // The browser itself says which are open: Firefox's driver still counts pages that have closed by themselves.
  await until('every approval to be closed', async () => {
    const left = await buckle.evaluate<number>(`async () => {
      const api = globalThis.browser ?? chrome;
      const open = (await api.runtime.getContexts({})).filter(({ documentUrl, windowId }) =>
        windowId >= 0 && documentUrl?.includes('/ui/approval/'));
      await Promise.allSettled(open.map(({ windowId }) => api.windows.remove(windowId)));
      return open.length;
    }`);
    return left === 0 || undefined;
  });
  await askBuckle(buckle, 'approvals.rejectAll', {});
}

/** Calls Buckle's background from one of its pages, as its own screens do. @throws what it refuses with */
export async function askBuckle<T>(buckle: Surface, method: string, request: unknown): Promise<T> {
  const reply = await buckle.evaluate<{ ok: boolean; value: T; error?: unknown }>(
    `(method, request) =>
      (globalThis.browser ?? chrome).runtime.sendMessage({ channel: 'buckle-wallet', method, request })`,
    method,
    request,
  );
  if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.error)}`);
  return reply.value;
}

/** The id of the account of that name. */
export async function accountId(buckle: Surface, label: string): Promise<string> {
  const opening = await askBuckle<{ unlocked: { accounts: { id: string; label: string }[] } }>(
    buckle,
    'session.open',
    {},
  );
  const found = opening.unlocked.accounts.find((account) => account.label === label);
  if (!found) throw new Error(`no account is called ${label}`);
  return found.id;
}

/** A grant to trade for an hour, as the grant editor saves it. */
export const tradeTerms = (terms: Record<string, unknown> = {}) => ({
  scopes: ['trade'],
  markets: ['SOL_USDC'],
  kinds: ['limit', 'cancel'],
  reduceOnly: false,
  maxOrder: '100',
  maxDay: '300',
  maxPerMinute: 60,
  expiresAt: Date.now() + 3_600_000,
  ...terms,
});
