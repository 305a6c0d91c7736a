import { beforeEach, describe, expect, it } from 'vitest';
import { AppError, invalid } from '../../../src/core/errors.ts';
import type { RequestView } from '../../../src/messaging/requests.ts';
import { createPlacement, type PlacementState } from '../../../src/ui/state/placement.ts';
import { createRequests } from '../../../src/ui/state/requests.ts';
import { account, type FakeBackground, fakeBackground } from './background.ts';
import { request, requestId } from './exchange-answers.ts';

const params = { symbol: 'USDC', quantity: '10', clientId: 'buckle-1' };
const refused = (code: string, message: string): Partial<RequestView> => ({
  outcome: 'refused',
  error: { code: 'EXCHANGE', data: { status: 400, code, message } },
});
const NEEDED = refused('INVALID_TWO_FACTOR_CODE', 'Two factor code is required');

let fake: FakeBackground;
let placement: PlacementState<typeof params>;
/** What the exchange says to each request that is sent, in turn. */
let answers: (Partial<RequestView> | Error)[];
let digest: string;
beforeEach(() => {
  let prepared = 0;
  let sent = 0;
  digest = 'd';
  fake = fakeBackground({
    'requests.prepare': ({ account: id, instruction, params: given }) => {
      prepared += 1;
      return {
        id: requestId(prepared),
        account: id,
        apiKey: 'k',
        label: 'l',
        instruction,
        method: 'POST',
        path: '/',
        params: given,
        window: 5000,
        canonical: 'c',
        digest,
        phrase: { key: 'k', values: [] },
        needsPassword: true,
      };
    },
    'requests.send': ({ id }) => {
      const answer = answers[sent] ?? {};
      sent += 1;
      if (answer instanceof Error) throw answer;
      return { ...request(1, { instruction: 'withdraw', params, ...answer }), id };
    },
  });
  placement = createPlacement(
    createRequests(fake.call, () => account(1).id),
    'withdraw',
  );
});
const sent = () =>
  fake.heard.filter(({ method }) => method === 'requests.send').map((each) => each.request);

describe('a second factor', () => {
  it('is asked for with the exchange’s own words, and the request is no report until it is over', async () => {
    answers = [NEEDED];
    await placement.prepare(params);
    await placement.place({ password: 'p' });
    expect(placement.prompt.value).toMatchObject({
      reason: 'needed',
      refusal: { data: { message: 'Two factor code is required' } },
    });
    expect(placement.review.value).toBeUndefined();
    expect(placement.placement.value).toBeUndefined();
  });

  it('goes along with the same request under a new id, without the password', async () => {
    answers = [NEEDED, {}];
    await placement.prepare(params);
    await placement.place({ password: 'p' });
    await placement.again({ way: 'code', code: '123456' });
    const [first, second] = sent();
    expect(first).toMatchObject({ id: requestId(1), params, digest: 'd', password: 'p' });
    expect(second).toEqual({
      ...(first as object),
      id: requestId(2),
      password: undefined,
      twoFactor: { way: 'code', code: '123456' },
    });
    expect(placement.prompt.value).toBeUndefined();
    expect(placement.placement.value).toMatchObject({ kind: 'known', view: { outcome: 'placed' } });
  });

  it('that is wrong leaves the prompt there, for another', async () => {
    answers = [NEEDED, refused('FORBIDDEN', 'Two factor authentication failed'), {}];
    await placement.prepare(params);
    await placement.place({ password: 'p' });
    await placement.again({ way: 'app', code: '1' });
    expect(placement.prompt.value?.reason).toBe('wrong');
    await placement.again({ way: 'app', code: '2' });
    expect(placement.prompt.value).toBeUndefined();
    expect(sent()).toHaveLength(3);
  });

  it('that the exchange takes none of is told as such', async () => {
    answers = [refused('FORBIDDEN', 'Two factor tokens are currently disabled through the API')];
    await placement.prepare(params);
    await placement.place({ password: 'p' });
    expect(placement.prompt.value?.reason).toBe('disabled');
  });

  it('can be asked for before the first try, and goes along with the password', async () => {
    answers = [{}];
    await placement.prepare(params);
    placement.askFirst();
    expect(placement.prompt.value?.reason).toBe('first');
    expect(placement.review.value).toBeDefined();
    expect(sent()).toEqual([]);
    await placement.place({ password: 'p', twoFactor: { way: 'code', code: '1' } });
    expect(sent()).toMatchObject([{ password: 'p', twoFactor: { code: '1' } }]);
    expect(placement.prompt.value).toBeUndefined();
  });

  it('is not sent with a request that has changed since it was reviewed', async () => {
    answers = [NEEDED];
    await placement.prepare(params);
    await placement.place({ password: 'p' });
    digest = 'another';
    await placement.again({ way: 'code', code: '1' });
    expect(sent()).toHaveLength(1);
    expect(placement.error.value).toMatchObject({ data: { reason: 'digest-mismatch' } });
    expect(placement.prompt.value).toBeDefined();
  });

  it('can be given up: the refusal stands, and nothing more is sent', async () => {
    answers = [NEEDED];
    await placement.prepare(params);
    await placement.place({ password: 'p' });
    placement.giveUp();
    expect(placement.prompt.value).toBeUndefined();
    expect(sent()).toHaveLength(1);
  });
});

describe('the password', () => {
  it.each([
    ['wrong', new AppError('WRONG_PASSWORD', undefined), 'WRONG_PASSWORD'],
    ['missing', invalid('password', 'required'), 'INVALID_INPUT'],
  ])('that is %s leaves the review there, for another', async (_name, error, code) => {
    answers = [error, {}];
    await placement.prepare(params);
    await placement.place({ password: 'p' });
    expect(placement.review.value).toBeDefined();
    expect(placement.error.value?.code).toBe(code);
    await placement.place({ password: 'q' });
    expect(placement.error.value).toBeUndefined();
    expect(placement.placement.value).toMatchObject({ kind: 'known' });
  });

  it('that has to be typed again for a second try brings the review back', async () => {
    answers = [NEEDED, invalid('password', 'required')];
    await placement.prepare(params);
    await placement.place({ password: 'p' });
    await placement.again({ way: 'code', code: '1' });
    expect(placement.prompt.value).toBeUndefined();
    expect(placement.review.value?.id).toBe(requestId(2));
    expect(placement.error.value).toMatchObject({ data: { path: 'password' } });
  });
});
