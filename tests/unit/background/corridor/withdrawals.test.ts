import { describe, expect, it } from 'vitest';
import { changingRequest, digestOf } from '../../../../src/background/corridor/request.ts';
import { singleOf } from '../../../../src/messaging/shapes.ts';
import type { Fault } from '../../../exchange/faults.ts';
import { asked, refusalOf, withdrawalWorld } from '../withdrawal-world.ts';
import { ACCOUNT } from '../world.ts';

const PATH = '/wapi/v1/capital/withdrawals';

describe('preparing a withdrawal', () => {
  it('gives it a reference of ours and shows the text that will be signed', async () => {
    const { prepare, sent } = await withdrawalWorld();
    const prepared = await prepare();
    const { canonical, needsPassword, phrase, path } = prepared;
    const params = singleOf(prepared);
    expect(params.clientId).toMatch(/^buckle-[0-9a-f-]{36}$/);
    expect(canonical).toBe(
      `instruction=withdraw&address=${asked.address}&blockchain=Solana&clientId=${params.clientId}&quantity=250.500&symbol=USDC`,
    );
    expect({ needsPassword, path }).toEqual({ needsPassword: true, path: PATH });
    expect(phrase).toEqual({
      key: 'wordsWithdraw',
      values: ['250.500 USDC', 'Solana', asked.address],
    });
    expect(sent()).toEqual([]);
  });

  it('made complete again has the same digest under another id', async () => {
    const { prepare } = await withdrawalWorld();
    const first = await prepare();
    const second = await prepare(first.params);
    expect(second.digest).toBe(first.digest);
    expect(second.id).not.toBe(first.id);
    expect(await digestOf(ACCOUNT, changingRequest('withdraw', first.params))).toBe(first.digest);
  });

  it.each<[string, object, object]>([
    ['no address', { address: '' }, { path: 'address', reason: 'required' }],
    [
      'an address that poses as a parameter',
      { address: 'x&quantity=9' },
      { path: 'address', reason: 'character' },
    ],
    [
      'an address of another chain',
      { address: '0x52908400098527886E0F7030069857D2E4169EE7' },
      { path: 'address', reason: 'address-wrong-chain', limit: 'Ethereum, Arbitrum, Avalanche' },
    ],
    [
      'a wrong checksum',
      { blockchain: 'Ethereum', address: '0x52908400098527886E0F7030069857D2E4169Ee7' },
      { path: 'address', reason: 'address-checksum' },
    ],
    [
      'a chain that needs a tag',
      {
        symbol: 'XRP',
        blockchain: 'XRP',
        quantity: '50',
        address: 'rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh',
      },
      { path: 'blockchain', reason: 'address-tag' },
    ],
    ['an asset that is not there', { symbol: 'NOPE' }, { path: 'symbol', reason: 'asset-unknown' }],
    [
      'a chain that the asset does not move on',
      { symbol: 'ETH', quantity: '1' },
      { path: 'blockchain', reason: 'chain-unknown' },
    ],
    [
      'a chain whose withdrawals are off',
      {
        symbol: 'ETH',
        blockchain: 'Arbitrum',
        quantity: '1',
        address: '0x52908400098527886E0F7030069857D2E4169EE7',
      },
      { path: 'blockchain', reason: 'withdraw-disabled' },
    ],
    ['too little', { quantity: '1.9' }, { path: 'quantity', reason: 'minimum', limit: '2' }],
    [
      'too much for the chain',
      {
        blockchain: 'Base',
        quantity: '5000.01',
        address: '0x52908400098527886E0F7030069857D2E4169EE7',
      },
      { path: 'quantity', reason: 'maximum', limit: '5000' },
    ],
    [
      'too many decimals',
      { quantity: '2.0000001' },
      { path: 'quantity', reason: 'decimals', limit: '6' },
    ],
    ['an exponent', { quantity: '1e3' }, { path: 'quantity', reason: 'number-format' }],
    [
      'a token among the params',
      { twoFactorToken: '123456' },
      { path: 'twoFactorToken', reason: 'unknown-key' },
    ],
    [
      'what nobody knows how to sign',
      { recipientInformation: {} },
      { path: 'recipientInformation', reason: 'unknown-key' },
    ],
    ['an order’s client id', { clientId: 7 }, { path: 'clientId', reason: 'wrong-type' }],
  ])('refuses %s', async (_name, change, data) => {
    const { prepare } = await withdrawalWorld();
    expect(await refusalOf(prepare({ ...asked, ...change }))).toEqual({
      code: 'INVALID_INPUT',
      ...data,
    });
  });

  it('R30: has no way to the instructions that are for Buckle alone', async () => {
    const { process } = await withdrawalWorld();
    const request = { account: ACCOUNT, instruction: 'issueTwoFactorToken', params: { app: '1' } };
    expect(await refusalOf(process.corridor.prepare(request))).toEqual({
      code: 'INVALID_INPUT',
      path: 'instruction',
      reason: 'unknown-key',
    });
  });
});

describe('sending a withdrawal', () => {
  it('happens once, and is told by the exchange’s id', async () => {
    const { prepare, send, sent, withdrawals } = await withdrawalWorld();
    const prepared = await prepare();
    const view = await send(prepared);
    const [made] = withdrawals();
    expect(view).toMatchObject({
      state: 'settled',
      outcome: 'placed',
      withdrawalId: `${made?.id}`,
    });
    expect(made).toMatchObject({ ...asked, clientId: singleOf(prepared).clientId });
    await Promise.all(Array.from({ length: 5 }, () => send(prepared)));
    expect(sent()).toHaveLength(1);
  });

  it.each([
    ['no password', {}, { code: 'INVALID_INPUT', path: 'password', reason: 'required' }],
    [
      'an empty password',
      { password: '' },
      { code: 'INVALID_INPUT', path: 'password', reason: 'required' },
    ],
    ['a wrong password', { password: 'guess' }, { code: 'WRONG_PASSWORD' }],
  ])('signs and records nothing with %s', async (_name, secrets, refusal) => {
    const { prepare, send, sent, process } = await withdrawalWorld();
    const prepared = await prepare();
    expect(await refusalOf(send(prepared, secrets))).toEqual(refusal);
    expect(sent()).toEqual([]);
    expect(await process.journal.find(prepared.id)).toBeUndefined();
    // The same review can still be confirmed.
    expect(await send(prepared)).toMatchObject({ outcome: 'placed' });
  });

  it('wants the password again for each withdrawal', async () => {
    const { prepare, send } = await withdrawalWorld();
    await send(await prepare());
    const again = await refusalOf(send(await prepare(), {}));
    expect(again).toMatchObject({ path: 'password', reason: 'required' });
  });

  it.each<[string, Omit<Fault, 'method'>, object]>([
    ['was made', { kind: 'delay', delayMs: 1 }, { outcome: 'placed' }],
    ['may have been made', { kind: 'drop-after' }, { state: 'unknown' }],
  ])('refuses the reference of one that %s', async (_name, fault, end) => {
    const { practice, prepare, send, settled, withdrawals } = await withdrawalWorld();
    practice.faults.add({ ...fault, method: 'POST' });
    const first = await prepare();
    expect(await send(first)).toMatchObject(end);
    const open = { code: 'INVALID_INPUT', path: 'clientId', reason: 'client-id-open' };
    expect(await refusalOf(send(await prepare(first.params)))).toEqual(open);
    expect(await settled(first.id)).toMatchObject({ outcome: 'placed' });
    expect(await refusalOf(send(await prepare(first.params)))).toEqual(open);
    expect(withdrawals()).toHaveLength(1);
  });

  it('asks for the list of assets again before it calls a withdrawal impossible', async () => {
    const { clock, practice, prepare } = await withdrawalWorld();
    await prepare();
    const reads = () => practice.requests().filter(({ path }) => path === '/api/v1/assets').length;
    expect(reads()).toBe(1);
    await clock.sleep(61_000);
    expect(await refusalOf(prepare({ ...asked, quantity: '1' }))).toMatchObject({ limit: '2' });
    expect(reads()).toBe(2);
    await refusalOf(prepare({ ...asked, quantity: '1' }));
    expect(reads()).toBe(2);
  });
});

/** A withdrawal's answer as the exchange writes it. */
const answerOf = (clientId: unknown, changes: object): string =>
  JSON.stringify({
    id: 4711,
    symbol: asked.symbol,
    blockchain: asked.blockchain,
    toAddress: asked.address,
    quantity: asked.quantity,
    clientId,
    status: 'pending',
    createdAt: '2025-10-09T08:53:20.000',
    fee: '1',
    isInternal: false,
    ...changes,
  });

describe('an answer to a withdrawal', () => {
  it.each([
    ['another asset', { symbol: 'USDT' }],
    ['another amount', { quantity: '2505' }],
    ['another address', { toAddress: '8xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU' }],
    ['no address', { toAddress: null }],
    ['another reference', { clientId: 'buckle-other' }],
    ['no reference', { clientId: null }],
    ['another chain', { blockchain: 'Eclipse' }],
  ])('that speaks of %s does not say that it was made', async (_name, changes) => {
    const { practice, prepare, send, settled, withdrawals } = await withdrawalWorld();
    const prepared = await prepare();
    const body = answerOf(singleOf(prepared).clientId, changes);
    practice.faults.add({
      kind: 'status',
      status: 200,
      method: 'POST',
      body,
      afterProcessing: true,
    });
    expect(await send(prepared)).toMatchObject({ state: 'unknown' });
    const [made] = withdrawals();
    const end = { outcome: 'placed', withdrawalId: `${made?.id}` };
    expect(await settled(prepared.id)).toMatchObject(end);
  });

  it('that writes the same in another way does', async () => {
    const { practice, prepare, send } = await withdrawalWorld();
    const prepared = await prepare();
    const changes = {
      quantity: '250.5',
      blockchain: 'solana',
      status: 'someday',
      id: '9007199254740993',
    };
    const body = answerOf(singleOf(prepared).clientId, changes);
    practice.faults.add({ kind: 'status', status: 200, method: 'POST', body });
    const end = { outcome: 'placed', withdrawalId: '9007199254740993' };
    expect(await send(prepared)).toMatchObject(end);
  });

  it.each<[string, Omit<Fault, 'method'>]>([
    ['HTML', { kind: 'html', afterProcessing: true }],
    ['cut-off JSON', { kind: 'truncated' }],
    ['words', { kind: 'text', afterProcessing: true }],
    ['wrong types', { kind: 'wrong-types' }],
    ['nothing, with 202', { kind: 'empty-202', afterProcessing: true }],
    ['a fault', { kind: 'status', status: 500, afterProcessing: true }],
    ['a timeout that calls itself refused', { kind: 'status', status: 408, afterProcessing: true }],
  ])('of %s is no end: it is found', async (_name, fault) => {
    const { practice, prepare, send, settled, withdrawals } = await withdrawalWorld();
    practice.faults.add({ ...fault, method: 'POST' });
    const prepared = await prepare();
    expect(await send(prepared)).toMatchObject({ state: 'unknown' });
    const [made] = withdrawals();
    expect(await settled(prepared.id)).toMatchObject({
      outcome: 'placed',
      withdrawalId: `${made?.id}`,
    });
    expect(withdrawals()).toHaveLength(1);
  });

  it('of plain words with 400 is a refusal with its status', async () => {
    const { practice, prepare, send } = await withdrawalWorld();
    practice.faults.add({
      kind: 'text',
      status: 400,
      method: 'POST',
      body: 'parse request payload error',
    });
    const view = await send(await prepare());
    expect(view).toMatchObject({
      outcome: 'refused',
      error: {
        code: 'EXCHANGE',
        data: { status: 400, code: '', message: 'parse request payload error' },
      },
    });
  });

  it('that refuses it keeps the exchange’s reason', async () => {
    const { prepare, send } = await withdrawalWorld();
    const view = await send(await prepare({ ...asked, quantity: '1000.5' }));
    expect(view).toMatchObject({
      outcome: 'refused',
      error: { data: { code: 'INSUFFICIENT_FUNDS' } },
    });
  });

  it('that calls it expired lets it be stamped anew, once', async () => {
    const { practice, prepare, send, sent, withdrawals } = await withdrawalWorld();
    practice.faults.add({ kind: 'expired', method: 'POST' });
    expect(await send(await prepare())).toMatchObject({ outcome: 'placed' });
    expect([sent().length, withdrawals().length]).toEqual([2, 1]);
    practice.faults.add({ kind: 'expired', method: 'POST', times: 9 });
    expect(await send(await prepare())).toMatchObject({ error: { code: 'CLOCK_SKEW' } });
    expect([sent().length, withdrawals().length]).toEqual([4, 1]);
  });
});
