import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { compare } from '../../package/compare.ts';
import { buildHash } from '../../package/stamp.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const icon = (level: number, red = 0): Uint8Array => {
  const png = new PNG({ width: 2, height: 2 });
  png.data.fill(255);
  png.data[0] = red;
  return PNG.sync.write(png, { deflateLevel: level });
};
const PAGE = '<meta name="buckle-build" content="">';
const built = new Map([
  ['assets/a.js', bytes('one\ntwo\nthree')],
  ['icons/16.png', icon(9)],
  ['manifest.json', bytes('{"name":"Buckle","version":"1"}')],
  ['page.html', bytes(PAGE)],
]);
const found = (...changes: [string, Uint8Array | undefined][]) => {
  const content = new Map(built);
  for (const [file, change] of changes) {
    if (change === undefined) content.delete(file);
    else content.set(file, change);
  }
  return compare(built, content);
};

it('finds no difference where there is none', () => {
  expect(found()).toEqual({ difference: undefined, passed: [] });
});

it.each([
  [
    'a changed file',
    'assets/a.js',
    bytes('one\ntwO\nthree'),
    /^assets\/a\.js differs at byte 7 \(line 2\)/,
  ],
  ['a longer file', 'assets/a.js', bytes('one\ntwo\nthree!'), /^assets\/a\.js differs at byte 14/],
  ['a missing file', 'page.html', undefined, /^page\.html is missing$/],
  ['a file of somebody else’s', 'assets/b.js', bytes(''), /^assets\/b\.js is not of the build$/],
  ['another icon', 'icons/16.png', icon(9, 1), /^icons\/16\.png differs/],
  ['a broken icon', 'icons/16.png', bytes('PNG'), /^icons\/16\.png differs/],
  [
    'another manifest',
    'manifest.json',
    bytes('{"name":"Buckle","version":"1","permissions":["tabs"]}'),
    /^manifest\.json differs/,
  ],
  [
    'another build',
    'page.html',
    bytes('<meta name="buckle-build" content="00">'),
    /^page\.html differs/,
  ],
])('names %s', (_name, file, change, sentence) => {
  expect(found([file, change]).difference).toMatch(sentence);
});

it('names the first of several, in the order of paths', () => {
  const changes = found(['page.html', undefined], ['assets/a.js', undefined]);
  expect(changes.difference).toBe('assets/a.js is missing');
});

it('lets pass what browsers and their shops add, and says so', () => {
  const installed = found(
    ['_metadata/verified_contents.json', bytes('[]')],
    ['META-INF/mozilla.rsa', bytes('signature')],
    [
      'manifest.json',
      bytes('{\n "key": "k", "update_url": "u", "version": "1", "name": "Buckle" }'),
    ],
    ['icons/16.png', icon(0)],
  );
  expect(installed.difference).toBeUndefined();
  expect(installed.passed).toEqual([
    'META-INF/mozilla.rsa',
    '_metadata/verified_contents.json',
    'icons/16.png',
    'manifest.json',
  ]);
});

it('calls a build the same before and after its pages say what it is called, and another by another name', () => {
  const name = buildHash(built);
  expect(name).toMatch(/^[0-9a-f]{64}$/);
  const said = new Map(built).set('page.html', bytes(PAGE.replace('""', `"${name}"`)));
  expect(buildHash(said)).toBe(name);
  expect(buildHash(new Map(built).set('page.html', bytes(`${PAGE} `)))).not.toBe(name);
  expect(buildHash(new Map(built).set('assets/a.js', bytes('one')))).not.toBe(name);
});
