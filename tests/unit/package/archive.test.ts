import { chmod, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readContent, unzip, zip } from '../../package/archive.ts';

const FILES = ['manifest.json', 'assets/b.js', 'assets/a.js', 'Z.txt', 'assets-more/c.js'];
let base: string;

/** The same files, written in that order, at that time, with those rights. */
async function folderOf(name: string, files: readonly string[], at: number, mode: number) {
  const folder = join(base, name);
  for (const file of files) {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `this is ${file}`);
    await utimes(path, at, at);
    await chmod(path, mode);
  }
  return folder;
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'buckle-archive-'));
});
afterAll(() => rm(base, { recursive: true, force: true }));

it('packs the same files into the same bytes, whatever their order, time, rights and time zone', async () => {
  const one = await folderOf('one', FILES, 1_000_000_000, 0o644);
  const other = await folderOf('deep/er/other', [...FILES].reverse(), 1_700_000_000, 0o600);
  const first = zip(await readContent(one));
  const zone = process.env.TZ;
  try {
    process.env.TZ = 'Pacific/Chatham';
    expect(Buffer.from(zip(await readContent(other))).equals(first)).toBe(true);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

it('marks what can be run by what it says, not by its rights', () => {
  const mode = (text: string): number => {
    const packed = Buffer.from(zip(new Map([['file', Buffer.from(text)]])));
    // The directory of the archive: its entry's external attributes have the mode in their upper half.
    return packed.readUInt16LE(packed.indexOf('PK\x01\x02', 0, 'latin1') + 40);
  };
  expect(mode('#!/bin/sh').toString(8)).toBe('755');
  expect(mode('plain').toString(8)).toBe('644');
});

it('unpacks what it packed, and what Chrome has put a signature before', async () => {
  const content = await readContent(await folderOf('back', FILES, 1_000_000_000, 0o644));
  const packed = zip(content);
  const text = (found: ReadonlyMap<string, Uint8Array>): string[] =>
    [...found].map(([file, bytes]) => `${file}: ${Buffer.from(bytes)}`);
  expect(text(unzip(packed))).toEqual(text(content));
  const head = Buffer.from('Cr24\x03\0\0\0\x05\0\0\0proof', 'latin1');
  expect(text(unzip(Buffer.concat([head, packed])))).toEqual(text(content));
});

it.each([
  ['cut short', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 30)],
  ['empty', () => new Uint8Array()],
  ['no zip at all', () => Buffer.from('{"manifest_version":3}')],
])('refuses a file that is %s', (_name, damage) => {
  expect(() => unzip(damage(zip(new Map([['a', Buffer.from('text')]]))))).toThrow();
});
