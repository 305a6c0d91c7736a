import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const folder = resolve(import.meta.dirname, '../../../src/ui/styles');
const sheets = readdirSync(folder).filter((file) => file.endsWith('.css'));

/** The classes that a sheet gives a display by themselves, `.picture { … }`, not within another thing. */
function classesOf(sheet: string): string[] {
  const rules = readFileSync(join(folder, sheet), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const selectors = [...rules.matchAll(/([^{};]+)\{[^{}]*display:/g)].flatMap(([, head = '']) =>
    head.split(','),
  );
  const alone = selectors.flatMap((selector) => /^\s*\.([\w-]+)\s*$/.exec(selector)?.[1] ?? []);
  return [...new Set(alone)];
}

// All sheets are in one page: a name that two of them give to different things lays out one as the other.
it('lays out a class in one style sheet only', () => {
  const names = sheets.flatMap(classesOf);
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
