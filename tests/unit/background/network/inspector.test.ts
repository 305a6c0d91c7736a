import { describe, expect, it } from 'vitest';
import { createInspector, INSPECTED } from '../../../../src/background/network/inspector.ts';
import type { Watched } from '../../../../src/exchange/client.ts';
import { withdrawalWorld } from '../withdrawal-world.ts';
import { identityOf } from '../world.ts';

async function inspected() {
  const world = await withdrawalWorld();
  const inspector = createInspector({ now: world.clock.now });
  world.inspect(inspector.watch);
  const read = async () => (await inspector.handlers['inspector.read']({})).requests;
  const turn = (on: boolean) => inspector.handlers['inspector.switch']({ on });
  const balances = () =>
    world.process.exchange.read(
      identityOf(11),
      'balanceQuery',
      {},
      { window: 5000, asker: 'wallet' },
    );
  return { ...world, inspector, read, turn, balances };
}

const request: Watched = {
  instruction: 'withdraw',
  method: 'POST',
  path: '/p',
  signedText: 'instruction=withdraw&quantity=1&timestamp=1&window=5000',
  signature: 'c2lnbmF0dXJl',
};

describe('the signing inspector', () => {
  it('is off until it is switched on, and keeps nothing of what was before', async () => {
    const { read, turn, balances, inspector } = await inspected();
    await balances();
    expect(await inspector.handlers['inspector.read']({})).toEqual({ on: false, requests: [] });
    await turn(true);
    await balances();
    expect(await read()).toHaveLength(1);
  });

  it('shows what was signed, the answer and how long it took', async () => {
    const { clock, practice, read, turn, balances } = await inspected();
    await turn(true);
    practice.faults.add({ kind: 'delay', delayMs: 250, path: '/api/v1/capital' });
    const at = clock.now();
    const { answer } = await balances();
    const [only] = await read();
    expect(only).toMatchObject({
      number: 1,
      at,
      tookMs: 250,
      instruction: 'balanceQuery',
      method: 'GET',
      path: '/api/v1/capital',
      signedText: `instruction=balanceQuery&timestamp=${at}&window=5000`,
      status: 200,
    });
    expect(JSON.parse(only?.answer ?? '')).toEqual(answer);
  });

  it('shows refusals with their words, every attempt, and connections that broke', async () => {
    const { practice, read, turn, balances } = await inspected();
    await turn(true);
    const path = '/api/v1/capital';
    practice.faults.add({ kind: 'html', status: 502, path });
    practice.faults.add({ kind: 'drop-before', path });
    await balances();
    const found = await read();
    expect(found.map(({ number, status, failure }) => ({ number, status, failure }))).toEqual([
      { number: 3, status: 200, failure: undefined },
      { number: 2, status: undefined, failure: 'connection' },
      { number: 1, status: 502, failure: undefined },
    ]);
    expect(found[2]?.answer).toContain('<!doctype html>');
  });

  it('keeps the last hundred, and so much of each answer', () => {
    const inspector = createInspector({ now: () => 1 });
    void inspector.handlers['inspector.switch']({ on: true });
    for (let i = 0; i < INSPECTED + 5; i += 1) {
      inspector.watch(request)?.({ status: 200, text: 'x'.repeat(30_000) });
    }
    return inspector.handlers['inspector.read']({}).then(({ requests }) => {
      expect(requests.map(({ number }) => number)).toEqual(
        Array.from({ length: INSPECTED }, (_, i) => INSPECTED + 5 - i),
      );
      expect(requests[0]?.answer).toHaveLength(20_000);
    });
  });

  it('forgets at a lock and when it is switched off, also what is still under way', async () => {
    const { inspector, read, turn } = await inspected();
    await turn(true);
    const ended = inspector.watch(request);
    inspector.clear();
    ended?.({ status: 200, text: 'late' });
    expect(await read()).toEqual([]);
    inspector.watch(request);
    await turn(false);
    await turn(true);
    expect(await read()).toEqual([]);
  });

  it('R2: masks codes, tokens and signatures, also where an answer repeats them', async () => {
    const inspector = createInspector({ now: () => 1 });
    await inspector.handlers['inspector.switch']({ on: true });
    const token = 'dG9r/ZW4+xx==';
    const withToken = `instruction=withdraw&quantity=1&twoFactorToken=${token}&timestamp=1&window=5`;
    inspector.watch({ ...request, signedText: withToken })?.({
      status: 400,
      text: `${token} dG9r\\/ZW4+xx== ${encodeURIComponent(token)} ${request.signature}`,
    });
    const app = 'instruction=issueTwoFactorToken&app=123456&email=987654&timestamp=1&window=5';
    const issue = { ...request, instruction: 'issueTwoFactorToken', signedText: app };
    inspector.watch(issue)?.({ status: 200, text: `{"signature":"${token}"}` });
    inspector.watch(issue)?.({ status: 400, text: 'Invalid 123456 or 987654' });
    const { requests } = await inspector.handlers['inspector.read']({});
    const text = JSON.stringify(requests);
    for (const secret of [token, 'dG9r', '123456', '987654', request.signature]) {
      expect(text).not.toContain(secret);
    }
    expect(requests.map(({ answer }) => answer)).toEqual([
      'Invalid ••• or •••',
      '•••',
      '••• ••• ••• •••',
    ]);
    expect(requests[2]?.signedText).toBe(
      'instruction=withdraw&quantity=1&twoFactorToken=•••&timestamp=1&window=5',
    );
  });
});
