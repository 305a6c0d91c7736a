import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../src/exchange/answer.ts';
import {
  type ChangingInstruction,
  entryOf,
  instructions,
  isChanging,
  isRead,
} from '../../../src/exchange/instructions/index.ts';
import { decodeParams } from '../../../src/exchange/schema.ts';
import { utcTime } from '../../../src/exchange/time.ts';
import vectors from '../../vectors/signing.json' with { type: 'json' };

const answerOf = (instruction: string, body: string, status = 200): unknown =>
  contentOf({ status, headers: new Headers(), text: body }, entryOf(instruction).answer);

describe('the params of money in and out', () => {
  const names = ['depositQueryAll', 'depositAddressQuery', 'withdrawalQueryAll'];
  const documented = vectors.filter(({ instruction }) => names.includes(instruction));

  it('are there in vectors', () => expect(documented.length).toBeGreaterThanOrEqual(4));
  it.each(documented)('of the vector “$name” are taken as they are', ({ instruction, params }) =>
    expect(decodeParams(entryOf(instruction).params, params)).toEqual(params),
  );

  it.each<[string, object, string, string]>([
    ['depositQueryAll', { limit: 1001 }, 'limit', 'wrong-type'],
    ['depositQueryAll', { from: -1 }, 'from', 'wrong-type'],
    ['depositQueryAll', { symbol: 'SOL' }, 'symbol', 'unknown-key'],
    ['depositAddressQuery', {}, 'blockchain', 'required'],
    ['depositAddressQuery', { blockchain: 'Solana&x=1' }, 'blockchain', 'character'],
    ['withdrawalQueryAll', { id: 2 ** 31 }, 'id', 'wrong-type'],
    ['withdrawalQueryAll', { clientId: 5 }, 'clientId', 'wrong-type'],
    ['withdrawalQueryAll', { clientId: 'a=b' }, 'clientId', 'character'],
    // It would turn round what stands after it in the text that a person is shown.
    ['withdrawalQueryAll', { clientId: 'a\u202eb' }, 'clientId', 'character'],
    ['withdrawalQueryAll', { clientId: 'a\u200bb' }, 'clientId', 'character'],
    ['withdrawalQueryAll', { clientId: 'a'.repeat(256) }, 'clientId', 'too-long'],
    ['maxWithdrawalQuantity', {}, 'symbol', 'required'],
    ['issueTwoFactorToken', {}, 'app', 'required'],
    ['issueTwoFactorToken', { app: '12&3' }, 'app', 'character'],
    ['fillHistoryQueryAll', { fillType: 'Other' }, 'fillType', 'wrong-type'],
    ['orderHistoryQueryAll', { strategyId: 'x' }, 'strategyId', 'number-format'],
  ])('%s refuses %j', (instruction, params, path, reason) =>
    expect(() => decodeParams(entryOf(instruction).params, params)).toThrow(
      expect.objectContaining({ data: { path, reason } }),
    ),
  );

  it.each(['0G', 'HyperEVM', 'XRP', 'SomethingNew'])('take the chain %s', (blockchain) =>
    expect(v.is(instructions.depositAddressQuery.params, { blockchain })).toBe(true),
  );
});

describe('the answers of money in and out', () => {
  const deposit = { id: 9, symbol: 'SOL', quantity: '1', status: 'confirmed' };
  const withdrawal = { ...deposit, blockchain: 'Solana', toAddress: 'x' };

  it.each(['depositQueryAll', 'withdrawalQueryAll'])(
    '%s keep nulls, unknown words, unknown fields and every digit',
    (instruction) => {
      const row = `{"id":9007199254740993,"symbol":"0G","quantity":"0.000000000000000001","status":"someday",
        "createdAt":"2025-09-11T20:10:40.699","toAddress":null,"transactionHash":null,"clientId":null,"new":{"a":[1]}}`;
      expect(answerOf(instruction, `[${row}]`)).toEqual([
        {
          id: '9007199254740993',
          symbol: '0G',
          quantity: '0.000000000000000001',
          status: 'someday',
          createdAt: '2025-09-11T20:10:40.699',
          toAddress: null,
          transactionHash: null,
          clientId: null,
          new: { a: [1] },
        },
      ]);
    },
  );

  it('do without whatever may be missing, and read a number for an amount', () => {
    const [row] = answerOf(
      'depositQueryAll',
      '[{"id":1,"symbol":"A","quantity":1e-7,"status":""}]',
    ) as object[];
    expect(row).toEqual({ id: '1', symbol: 'A', quantity: '0.0000001', status: '' });
  });

  it.each<[string, string, string, unknown]>([
    ['depositQueryAll', 'HTML', '<!doctype html>', { status: 200, kind: 'html' }],
    ['withdrawalQueryAll', 'cut-off JSON', '[{"id":5', { status: 200, kind: 'json' }],
    ['depositAddressQuery', 'plain text', 'upstream error', { status: 200, kind: 'json' }],
    ['maxWithdrawalQuantity', 'nothing', '{}', { status: 200, kind: 'empty' }],
    [
      'depositAddressQuery',
      'an empty address',
      '{"address":""}',
      { status: 200, kind: 'shape', path: 'address' },
    ],
    [
      'withdrawalQueryAll',
      'a list for a text',
      JSON.stringify([{ ...withdrawal, symbol: ['SOL'] }]),
      { status: 200, kind: 'shape', path: '0.symbol' },
    ],
    [
      'depositQueryAll',
      'words for an amount',
      JSON.stringify([{ ...deposit, quantity: 'much' }]),
      { status: 200, kind: 'shape', path: '0.quantity' },
    ],
  ])('%s say what is wrong with %s', (instruction, _name, body, data) =>
    expect(() => answerOf(instruction, body)).toThrow(
      expect.objectContaining({ code: 'BAD_ANSWER', data }),
    ),
  );

  it('tell times in any of their forms', () => {
    const at = Date.UTC(2025, 8, 11, 20, 10, 40, 699);
    const forms = [
      '2025-09-11T20:10:40.699',
      '2025-09-11T20:10:40.699Z',
      '2025-09-11T22:10:40.699+02:00',
      at,
    ];
    expect(forms.map(utcTime)).toEqual([at, at, at, at]);
    expect(utcTime('soon')).toBeNaN();
  });
});

describe('what is for Buckle alone', () => {
  it('R30: is neither a read nor a change that anybody may ask for', () => {
    expect(isRead('issueTwoFactorToken')).toBe(false);
    expect(isChanging('issueTwoFactorToken')).toBe(false);
    // @ts-expect-error It is not among them.
    const name: ChangingInstruction = 'issueTwoFactorToken';
    expect(isRead(name)).toBe(false);
  });
});
