import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Params } from '../../../src/core/canonical.ts';
import {
  entryOf,
  type Instruction,
  instructions,
} from '../../../src/exchange/instructions/index.ts';
import { checkRequest, draftOf, type RequestDraft } from '../../../src/exchange/request-draft.ts';
import {
  type FieldKind,
  requestFields,
  requestRules,
} from '../../../src/exchange/request-fields.ts';
import { EXAMPLES } from '../../docs/examples.ts';
import { endpoints, exampleOf, type Shape } from '../../instructions/documented.ts';
import vectors from '../../vectors/signing.json' with { type: 'json' };

const names = Object.keys(instructions) as Instruction[];
const check = (name: string, draft: RequestDraft) => {
  const { params } = entryOf(name);
  return checkRequest(params, requestFields(params), draft);
};
const problemsOf = (name: string, draft: RequestDraft) => {
  const checked = check(name, draft);
  return checked.ok ? [] : checked.problems;
};

describe('the fields of a request', () => {
  it.each(names)('of %s are those of its schema, each of a kind that can be typed', (name) => {
    const { params } = entryOf(name);
    const fields = requestFields(params);
    expect(fields.map((each) => each.name)).toEqual(Object.keys(Reflect.get(params, 'entries')));
    // What a field's kind takes is what the schema takes: nothing is asked for that would be refused for its type.
    for (const { name: field, kind } of fields) {
      const problem = problemsOf(name, { [field]: SAMPLE(kind) }).find(
        ({ path }) => path === field,
      );
      expect(['conflict', 'required', undefined], `${name}.${field}`).toContain(problem?.reason);
    }
  });

  const SAMPLE = (kind: FieldKind): string => {
    switch (kind.kind) {
      case 'choice':
        return kind.options[0] ?? '';
      case 'flag':
        return 'true';
      case 'integer':
        return String(kind.max);
      case 'either':
        return SAMPLE(kind.of[0] ?? kind);
      case 'text':
      case 'name':
        return 'A';
      default:
        return '1';
    }
  };

  it('know what each may be', () => {
    const kindsOf = (name: string) =>
      Object.fromEntries(requestFields(entryOf(name).params).map((each) => [each.name, each.kind]));
    expect(kindsOf('fillHistoryQueryAll')).toMatchObject({
      limit: { kind: 'integer', min: 0, max: 1000 },
      from: { kind: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER },
      sortDirection: { kind: 'choice', options: ['Asc', 'Desc'] },
      symbol: { kind: 'name' },
      orderId: { kind: 'id' },
    });
    expect(kindsOf('strategyCreate')).toMatchObject({
      interval: { kind: 'integer', min: 1 },
      brokerId: { kind: 'integer', max: 65_535 },
      postOnly: { kind: 'flag' },
    });
    expect(kindsOf('orderExecute').triggerQuantity).toEqual({
      kind: 'either',
      of: [{ kind: 'amount' }, { kind: 'text' }],
    });
  });

  it('have their rules in sight', () => {
    expect(requestRules(entryOf('orderExecute').params)).toContainEqual({
      at: 'price',
      refusal: 'required',
    });
    expect(requestRules(entryOf('balanceQuery').params)).toEqual([]);
  });
});

describe('what is typed', () => {
  const valid: [name: string, what: string, params: Params][] = [
    ...Object.entries(EXAMPLES).map(([name, params]): [string, string, Params] => [
      name,
      'of the reference',
      params as Params,
    ]),
    ...vectors.flatMap(({ instruction, params, name }): [string, string, Params][] => {
      const given = Object.entries(Array.isArray(params) ? {} : params).filter(
        ([, value]) => value !== null,
      );
      const isOurs =
        Object.hasOwn(instructions, instruction) &&
        given.length > 0 &&
        !given.some(([key, value]) =>
          key === 'orderId' ? typeof value === 'number' : key === 'twoFactorToken',
        );
      return isOurs ? [[instruction, name, Object.fromEntries(given) as Params]] : [];
    }),
  ];

  it('are there for every instruction', () =>
    expect(new Set(valid.map(([name]) => name)).size).toBe(names.length - 1));

  it.each(valid)('for %s (%s) comes out the same', (name, _what, params) =>
    expect(check(name, draftOf(params))).toEqual({ ok: true, params }),
  );

  it('for every documented field of every instruction comes out the same', () => {
    let compared = 0;
    for (const { instruction, params } of endpoints.filter(({ batch }) => !batch)) {
      const { params: schema } = entryOf(instruction);
      for (const { name } of requestFields(schema)) {
        const example = exampleOf(params[name] as Shape);
        const given = { ...EXAMPLES[instruction], [name]: example } as Params;
        // What a rule between fields refuses is in the cases below.
        if (!v.is(schema, given)) continue;
        expect(check(instruction, draftOf(given)), `${instruction} ${name}`).toEqual({
          ok: true,
          params: given,
        });
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(170);
  });

  it.each<[name: string, draft: RequestDraft, path: string, reason: string, limit?: string]>([
    ['depositQueryAll', { limit: '1,000' }, 'limit', 'number-comma'],
    ['depositQueryAll', { limit: '1e3' }, 'limit', 'number-exponent'],
    ['depositQueryAll', { limit: '-1' }, 'limit', 'number-sign'],
    ['depositQueryAll', { limit: 'ten' }, 'limit', 'number-format'],
    ['depositQueryAll', { limit: '1.5' }, 'limit', 'decimals', '0'],
    ['depositQueryAll', { limit: '1001' }, 'limit', 'maximum', '1000'],
    ['depositQueryAll', { from: '9007199254740993' }, 'from', 'maximum', '9007199254740991'],
    ['strategyCreate', { interval: '0' }, 'interval', 'minimum', '1'],
    ['borrowLendExecute', { quantity: '1,5' }, 'quantity', 'number-comma'],
    ['borrowLendExecute', { quantity: '-1' }, 'quantity', 'number-sign'],
    ['borrowLendExecute', { quantity: '0.00' }, 'quantity', 'minimum'],
    ['borrowLendExecute', { quantity: '' }, 'quantity', 'required'],
    ['borrowLendExecute', { symbol: 'SOL&side=Ask' }, 'symbol', 'character'],
    ['borrowLendExecute', { side: 'Repay' }, 'side', 'wrong-type'],
    ['rfqRefresh', { rfqId: '12x' }, 'rfqId', 'number-format'],
    ['orderExecute', { triggerQuantity: '101%' }, 'triggerQuantity', 'number-format'],
    ['withdrawalQueryAll', { clientId: 'a=b' }, 'clientId', 'character'],
    ['withdrawalQueryAll', { clientId: 'x'.repeat(256) }, 'clientId', 'too-long', '255'],
    ['borrowHistoryQueryAll', { sources: 'AutoLend, Manual' }, 'sources', 'character'],
  ])('for %s as %j is refused at %s: %s', (name, draft, path, reason, limit) => {
    const [problem] = problemsOf(name, draft).filter((each) => each.path === path);
    expect(problem).toEqual({ path, reason, ...(limit === undefined ? {} : { limit }) });
  });

  it('has one problem a field, of every field at once', () => {
    const problems = problemsOf('borrowLendExecute', { quantity: '0', symbol: '?' });
    expect(problems.map(({ path }) => path).sort()).toEqual(['quantity', 'side', 'symbol']);
  });

  it('breaks rules at their field once every field is right by itself', () => {
    const limit = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', quantity: '1' };
    expect(problemsOf('orderExecute', limit)).toEqual([{ path: 'price', reason: 'required' }]);
    expect(problemsOf('orderCancel', { symbol: 'SOL_USDC' })).toEqual([
      { path: 'orderId', reason: 'conflict' },
    ]);
    expect(problemsOf('accountUpdate', {})).toEqual([
      { path: 'leverageLimit', reason: 'required' },
    ]);
  });

  it('is trimmed where a space cannot be meant, and kept where it can', () => {
    expect(check('borrowLendExecute', { symbol: ' SOL ', side: 'Lend', quantity: ' 1 ' })).toEqual({
      ok: true,
      params: { symbol: 'SOL', side: 'Lend', quantity: '1' },
    });
    expect(check('withdrawalQueryAll', { clientId: ' mine ' })).toEqual({
      ok: true,
      params: { clientId: ' mine ' },
    });
  });

  it('tells no from not said', () => {
    expect(check('accountUpdate', { autoLend: 'false', autoRepayBorrows: '' })).toEqual({
      ok: true,
      params: { autoLend: false },
    });
  });
});
