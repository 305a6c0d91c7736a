import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const manifest: {
  version: string;
  permissions: string[];
  host_permissions: string[];
  optional_host_permissions: string[];
  content_security_policy: { extension_pages: string };
} = JSON.parse(read('manifest.json'));
const document = read('docs/permissions.md');

/** The rows of the table under that heading, cell by cell. */
function tableUnder(heading: string): string[][] {
  const section = document.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
const named = (heading: string): string[] =>
  tableUnder(heading).map(([name = '']) => name.replaceAll('`', ''));

it('explains every permission of the manifest, and none that is not there', () => {
  const asked = [...manifest.host_permissions, ...manifest.permissions];
  expect(named('At installation').sort()).toEqual(asked.sort());
  expect(named('Asked for when you use it')).toEqual(manifest.optional_host_permissions);
});

it('leaves no cell empty', () => {
  for (const heading of ['At installation', 'Asked for when you use it']) {
    expect(tableUnder(heading).filter((cells) => cells.includes(''))).toEqual([]);
  }
});

it('says one line at installation: the exchange’s host', () => {
  const said = tableUnder('At installation').filter(
    (cells) => !/^(nothing|—)$/.test(cells[2] ?? ''),
  );
  expect(said.map(([name]) => name)).toEqual(['`https://api.backpack.exchange/*`']);
});

it('quotes the policy as it is', () => {
  const quoted = document.split('```')[1]?.replaceAll(/\s+/g, ' ').trim();
  expect(quoted).toBe(manifest.content_security_policy.extension_pages);
});

it('is of one version', () => {
  const { version }: { version: string } = JSON.parse(read('package.json'));
  expect(manifest.version).toBe(version);
});
