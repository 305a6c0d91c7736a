import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const inFolder = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));
const documents = ['README.md', ...['.github', 'docs', 'docs/store'].flatMap(inFolder)];

/** Where a document may stand when it names a file: at the root, beside itself, or in a room of `src` that it is in. */
const ROOMS = ['.', 'src', 'src/background', 'src/ui', 'src/provider', 'src/exchange'];
/** The beginnings of what is written by a build. */
const BUILT = /^(dist|out)\//;
const A_FILE = /^[\w.-]+(\/[\w.-]+)*\.(ts|tsx|md|json|png|mjs|html|svg|yml)$/;
const A_FOLDER = /^(src|tests|docs|public|\.github)(\/[\w.-]+)*\/?$/;

const links = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)#\s]*)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
const named = (text: string): string[] =>
  [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, name = '']) => name)
    .filter((name) => (A_FILE.test(name) || A_FOLDER.test(name)) && !BUILT.test(name));
const commands = (text: string): string[] =>
  [...text.matchAll(/\bnpm (?:run ([a-z]+)|(start|test)\b)/g)].map(
    ([, script, own]) => script ?? own ?? '',
  );

describe.each(documents)('%s', (document) => {
  const text = read(document);

  it('links to files that are there', () => {
    const missing = links(text).filter((to) => !existsSync(join(root, dirname(document), to)));
    expect(missing).toEqual([]);
  });

  it('names files and folders that are there', () => {
    const rooms = [dirname(document), ...ROOMS];
    const missing = named(text).filter(
      (name) => !rooms.some((room) => existsSync(join(root, room, name))),
    );
    expect(missing).toEqual([]);
  });

  it('names commands that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(commands(text).filter((name) => !(name in scripts))).toEqual([]);
  });
});
