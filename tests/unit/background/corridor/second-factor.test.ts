import { describe, expect, it, vi } from 'vitest';
import { createInspector } from '../../../../src/background/network/inspector.ts';
import { viewOf } from '../../../../src/background/records/journal-entry.ts';
import type { WireError } from '../../../../src/core/errors.ts';
import { twoFactorOf } from '../../../../src/exchange/two-factor.ts';
import type { RequestView, TwoFactor } from '../../../../src/messaging/requests.ts';
import { singleOf } from '../../../../src/messaging/shapes.ts';
import { refusalOf, withdrawalWorld } from '../withdrawal-world.ts';
import { PASSWORD } from '../world.ts';

const kindOf = ({ error }: RequestView) => error && twoFactorOf(error as WireError);

/** A withdrawal that was refused for want of a second factor, and the way to try again. */
async function refused(
  ...mode: Parameters<Awaited<ReturnType<typeof withdrawalWorld>>['practice']['setTwoFactor']>
) {
  const world = await withdrawalWorld();
  world.practice.setTwoFactor(...mode);
  const first = await world.prepare();
  const view = await world.send(first);
  const again = async (twoFactor?: TwoFactor, password?: string): Promise<RequestView> => {
    const next = await world.prepare(first.params);
    return world.send(next, {
      ...(twoFactor === undefined ? {} : { twoFactor }),
      ...(password === undefined ? {} : { password }),
    });
  };
  const code = world.practice.twoFactorCode(world.apiKey);
  const emailCode = world.practice.twoFactorEmailCode(world.apiKey);
  return { ...world, first, view, again, code, emailCode };
}

describe('a withdrawal that wants a second factor', () => {
  it.each([
    ['code', {}],
    ['code', { status: 403 }],
    ['text', {}],
  ] as const)('is made with the code, where %s %j is asked for', async (mode, options) => {
    const { view, again, code, withdrawals, sent } = await refused(mode, options);
    expect(view).toMatchObject({ state: 'settled', outcome: 'refused' });
    expect(kindOf(view)).toBe('needed');
    const wrong = await again({ way: 'code', code: code === '111111' ? '222222' : '111111' });
    expect([wrong.outcome, kindOf(wrong)]).toEqual(['refused', 'wrong']);
    // People type it as it is shown.
    const made = await again({ way: 'code', code: ` ${code.slice(0, 3)} ${code.slice(3)} ` });
    expect(made).toMatchObject({ outcome: 'placed' });
    expect([sent().length, withdrawals().length]).toEqual([3, 1]);
  });

  it('each try is an entry of its own under the same reference and digest', async () => {
    const { process, first, again, code } = await refused('code');
    await again({ way: 'code', code });
    const entries = await process.journal.recent(9);
    expect(entries.map(({ outcome }) => outcome).sort()).toEqual(['placed', 'refused']);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(2);
    expect(new Set(entries.map(({ digest }) => digest))).toEqual(new Set([first.digest]));
    expect(new Set(entries.map((entry) => singleOf(viewOf(entry)).clientId)).size).toBe(1);
  });

  it.each(['app', 'email'] as const)('is made with a token for the code of the %s', async (way) => {
    const { again, code, emailCode, practice, withdrawals } = await refused('issued');
    const digits = await again({ way: 'code', code });
    expect(kindOf(digits)).toBe('wrong');
    const made = await again({ way, code: way === 'app' ? code : emailCode });
    expect(made).toMatchObject({ outcome: 'placed' });
    const issued = practice.requests().filter(({ path }) => path === '/wapi/v1/user/2fa');
    expect(issued.map(({ status }) => status)).toEqual([200]);
    expect(withdrawals()).toHaveLength(1);
  });

  it('a code that buys no token sends no withdrawal, and says why', async () => {
    const { again, code, sent, process, practice } = await refused('issued');
    const view = await again({ way: 'app', code: code === '111111' ? '222222' : '111111' });
    expect(view).toMatchObject({ state: 'settled', outcome: 'notSent' });
    expect(kindOf(view)).toBe('wrong');
    expect(sent()).toHaveLength(1);
    practice.faults.add({ kind: 'drop-before', method: 'POST', path: '/wapi/v1/user/2fa' });
    expect(await refusalOf(again({ way: 'app', code }))).toMatchObject({ code: 'NETWORK' });
    practice.faults.add({ kind: 'html', method: 'POST', path: '/wapi/v1/user/2fa' });
    expect(await refusalOf(again({ way: 'app', code }, PASSWORD))).toMatchObject({
      code: 'BAD_ANSWER',
    });
    const body = '{"signature":"a&quantity=9"}';
    practice.faults.add({
      kind: 'status',
      status: 200,
      method: 'POST',
      path: '/wapi/v1/user/2fa',
      body,
    });
    expect(await refusalOf(again({ way: 'app', code }, PASSWORD))).toMatchObject({
      code: 'BAD_ANSWER',
      path: 'signature',
    });
    expect(sent()).toHaveLength(1);
    const ends = (await process.journal.recent(9)).map(({ outcome }) => outcome);
    expect(ends.sort()).toEqual(['notSent', 'notSent', 'notSent', 'notSent', 'refused']);
    expect(await again({ way: 'app', code }, PASSWORD)).toMatchObject({ outcome: 'placed' });
  });

  it('stays refused where it is disabled, whatever is sent', async () => {
    const { view, again, code, withdrawals } = await refused('disabled');
    expect(kindOf(view)).toBe('disabled');
    expect(kindOf(await again({ way: 'code', code }))).toBe('disabled');
    expect(kindOf(await again({ way: 'app', code }))).toBe('disabled');
    expect(withdrawals()).toEqual([]);
  });

  it('needs none to an exempt address', async () => {
    const { practice, apiKey, prepare, send } = await withdrawalWorld();
    practice.setTwoFactor('code');
    const prepared = await prepare();
    practice.setExemptAddresses(apiKey, [String(singleOf(prepared).address)]);
    expect(await send(prepared)).toMatchObject({ outcome: 'placed' });
  });

  it('is found when the answer to the code is lost', async () => {
    const { again, code, practice, settled, withdrawals } = await refused('code');
    practice.faults.add({ kind: 'drop-after', method: 'POST' });
    const lost = await again({ way: 'code', code });
    expect(lost).toMatchObject({ state: 'unknown' });
    const [made] = withdrawals();
    expect(await settled(lost.id)).toMatchObject({
      outcome: 'placed',
      withdrawalId: `${made?.id}`,
    });
    expect(await refusalOf(again({ way: 'code', code }, PASSWORD))).toMatchObject({
      reason: 'client-id-open',
    });
    expect(withdrawals()).toHaveLength(1);
  });

  it.each<[string, TwoFactor, object]>([
    ['no code', { way: 'code', code: ' ' }, { path: 'code', reason: 'required' }],
    [
      'a code that poses as a parameter',
      { way: 'code', code: '1&quantity=9' },
      { path: 'code', reason: 'character' },
    ],
    [
      'a code of odd characters',
      { way: 'app', code: '12"4' },
      { path: 'code', reason: 'character' },
    ],
  ])('refuses %s before anything is recorded', async (_name, twoFactor, data) => {
    const { again, process, sent } = await refused('code');
    expect(await refusalOf(again(twoFactor))).toEqual({ code: 'INVALID_INPUT', ...data });
    expect(await process.journal.recent(9)).toHaveLength(1);
    expect(sent()).toHaveLength(1);
  });

  it('goes along with nothing but a withdrawal', async () => {
    const { process } = await withdrawalWorld();
    const order = {
      symbol: 'SOL_USDC',
      side: 'Bid',
      orderType: 'Limit',
      price: '9',
      quantity: '1',
    };
    const account = '5f0c6f39-7f0d-4d0e-9a6b-0c2b62a1a001';
    const prepared = await process.corridor.prepare({
      account,
      instruction: 'orderExecute',
      params: order,
    });
    const twoFactor = { way: 'code', code: '123456' } as const;
    const sending = process.corridor.send({ zone: 'wallet' }, { ...prepared, twoFactor });
    expect(await refusalOf(sending)).toMatchObject({ path: 'twoFactor', reason: 'unknown-key' });
  });
});

describe('the password', () => {
  const FIVE_MINUTES = 5 * 60_000;
  const required = { code: 'INVALID_INPUT', path: 'password', reason: 'required' };

  it('need not be typed again for five minutes after such a refusal, counted from when it was', async () => {
    const { clock, again, code } = await refused('code');
    await clock.sleep(FIVE_MINUTES - 2000);
    expect(kindOf(await again({ way: 'code', code: '1' }))).toBe('wrong');
    await clock.sleep(2000);
    expect(await refusalOf(again({ way: 'code', code }))).toEqual(required);
    expect(await again({ way: 'code', code }, PASSWORD)).toMatchObject({ outcome: 'placed' });
  });

  it('is wanted again for another digest, after another refusal, and after success', async () => {
    const { first, prepare, send, again, code, practice } = await refused('code');
    const other = await prepare({ ...first.params, quantity: '251' });
    expect(await refusalOf(send(other, { twoFactor: { way: 'code', code } }))).toEqual(required);
    practice.faults.add({ kind: 'status', status: 403, method: 'POST' });
    expect(await again({ way: 'code', code })).toMatchObject({ outcome: 'refused' });
    expect(await refusalOf(again({ way: 'code', code }))).toEqual(required);
    await again({ way: 'code', code }, PASSWORD);
    expect(await refusalOf(again({ way: 'code', code }))).toEqual(required);
  });

  it('is wanted again after a lock, even one that falls while the exchange refuses', async () => {
    const { process, prepare, send, again, code, practice } = await refused('code');
    await process.passwords.clear();
    expect(await refusalOf(again({ way: 'code', code }))).toEqual(required);
    practice.faults.add({ kind: 'delay', delayMs: 500, method: 'POST' });
    const next = await prepare();
    const sending = send(next);
    while ((await process.journal.find(next.id))?.state !== 'sent') await Promise.resolve();
    await process.passwords.clear();
    expect(kindOf(await sending)).toBe('needed');
    const twin = await prepare(next.params);
    expect(await refusalOf(send(twin, { twoFactor: { way: 'code', code } }))).toEqual(required);
  });

  it('is not asked for again by a clock that was set back', async () => {
    const { process } = await withdrawalWorld();
    const given = await process.passwords.confirm('digest', PASSWORD);
    await process.passwords.remember({ ...given, at: given.at + 1000 });
    expect(await refusalOf(process.passwords.confirm('digest', undefined))).toEqual(required);
  });
});

describe('R2: a code and a token', () => {
  it.each(['code', 'app', 'email'] as const)(
    'are in no journal, view, error, log or inspector, by way of %s',
    async (way) => {
      const lines: string[] = [];
      for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
        vi.spyOn(console, method).mockImplementation((...args) => void lines.push(args.join(' ')));
      }
      const world = await refused(way === 'code' ? 'code' : 'issued');
      const { practice, process, again, code, emailCode, clock } = world;
      const inspector = createInspector({ now: clock.now });
      await inspector.handlers['inspector.switch']({ on: true });
      world.inspect(inspector.watch);
      const right = way === 'email' ? emailCode : code;
      const told: unknown[] = [world.view];
      const tell = async (work: Promise<unknown>) =>
        void told.push(await work.catch((error: unknown) => error));
      const path = '/wapi/v1/capital/withdrawals';
      const marked = 'Marked7Code';
      // The exchange repeats what it was given, in every way that it can refuse.
      for (const repeated of [marked, right]) {
        const words = `Invalid two factor code ${repeated}`;
        const body = JSON.stringify({ code: 'INVALID_TWO_FACTOR_CODE', message: words });
        for (const text of [body, `2fa: ${repeated}`, `<p>${repeated}</p>`]) {
          const answer = { kind: 'status', status: 400, method: 'POST', body: text } as const;
          practice.faults.add({ ...answer, path: way === 'code' ? path : '/wapi/v1/user/2fa' });
          await tell(again({ way, code: repeated }, PASSWORD));
        }
      }
      practice.faults.add({ kind: 'drop-before', method: 'POST', path });
      await tell(again({ way, code: right }, PASSWORD));
      await clock.sleep(60_000);
      await tell(again({ way, code: right }, PASSWORD));
      const journal = await process.journal.recent(99);
      const { requests } = await inspector.handlers['inspector.read']({});
      const seen = [...process.seen.values()];
      expect(requests.length).toBeGreaterThan(8);
      expect(seen.at(-1)).toMatchObject({ outcome: 'placed' });
      const everything = JSON.stringify([
        told.map((one) => (one instanceof Error ? [one.message, one.stack, { ...one }] : one)),
        journal,
        requests,
        seen,
        lines,
      ]);
      const tokens = world.tokens();
      expect(tokens.length).toBeGreaterThan(way === 'code' ? 0 : 1);
      for (const secret of [marked, right, PASSWORD, ...tokens]) {
        expect(everything).not.toContain(secret);
      }
      expect(everything).toContain(way === 'code' ? 'twoFactorToken=•••' : `${way}=•••`);
      vi.restoreAllMocks();
    },
  );
});
