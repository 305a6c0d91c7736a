import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { entryOf, isInstruction } from '../../../src/exchange/instructions/index.ts';
import { decodeParams } from '../../../src/exchange/schema.ts';
import { SITE_ERRORS } from '../../../src/messaging/site-errors.ts';
import { BUCKLE_ERRORS, CLIENT_METHODS } from '../../../src/provider/api.ts';
import { ICON } from '../../../src/provider/icon.ts';
import { siteInstructions, tableTypes, withTableTypes } from '../../docs/api-types.ts';
import { EXAMPLES } from '../../docs/examples.ts';
import { reference } from '../../docs/reference.ts';

const source = readFileSync('src/provider/api.ts', 'utf8');

describe('what site authors copy', () => {
  it('says of instructions what the table says: `npm run docs` after a change to the table', async () => {
    expect(source).toBe(withTableTypes(source, await tableTypes()));
  });

  it('the reference says what the table says: `npm run docs` after a change to the table', async () => {
    expect(readFileSync('docs/api.md', 'utf8')).toBe(await reference(source));
  });

  it('shows an example of every instruction, with params that fit', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(siteInstructions().sort());
    for (const [name, params] of Object.entries(EXAMPLES)) {
      expect(decodeParams(entryOf(name).params, params)).toEqual(params);
    }
  });

  it('is one file that needs no other', () => {
    expect(source).not.toMatch(/^import\b|\bfrom '|\bimport\(/m);
  });

  it('numbers failures as the background does', () => {
    expect(BUCKLE_ERRORS).toEqual(SITE_ERRORS);
  });

  it('has the methods of the seed client, each an instruction of the table', () => {
    expect(Object.keys(CLIENT_METHODS)).toEqual([
      'balances',
      'deposits',
      'depositAddress',
      'getWithdrawals',
      'withdrawal',
      'orderHistoryQuery',
      'fillHistoryQuery',
      'orderQuery',
      'exeOrder',
      'orderCancel',
      'ordersQuery',
      'orderCancelAll',
    ]);
    expect(Object.values(CLIENT_METHODS).filter((name) => !isInstruction(name))).toEqual([]);
  });
});

describe('R20: the icon', () => {
  it('is a PNG in a data URI and looks like the mark', () => {
    const [, base64 = ''] = ICON.split('data:image/png;base64,');
    const shown = PNG.sync.read(Buffer.from(base64, 'base64'));
    const mark = PNG.sync.read(readFileSync('public/icons/32.png'));
    expect([shown.width, shown.height]).toEqual([32, 32]);
    const alphas = (png: PNG): number[] => [...png.data].filter((_value, at) => at % 4 === 3);
    const wanted = alphas(mark);
    const off = alphas(shown).map((value, at) => Math.abs(value - (wanted[at] ?? 0)));
    expect(off.reduce((sum, each) => sum + each, 0) / off.length).toBeLessThan(8);
  });
});
