import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** What each layer may import, itself aside. Anything not listed is forbidden. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  platform: [],
  exchange: ['core'],
  vault: ['core'],
  policy: ['core', 'exchange'],
  messaging: ['core', 'exchange', 'policy'],
  ui: ['core', 'exchange', 'policy', 'messaging'],
  provider: ['messaging'],
  background: ['core', 'exchange', 'policy', 'messaging', 'vault', 'platform'],
};

/** The rooms of the background: what each may import of the others. What lies beside them puts them together. */
const ROOM_MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  network: [],
  records: [],
  streams: [],
  outcome: ['records'],
  sites: ['records'],
  corridor: ['network', 'outcome', 'records', 'sites'],
  pages: ['corridor', 'records', 'sites'],
  wallet: ['corridor', 'network', 'pages', 'records', 'sites', 'streams'],
};

/** Where the background begins a part of its own, which its worker reads when it is first wanted. */
const PARTED = [
  'src/background/index.ts',
  'src/background/records.ts',
  'src/background/sending.ts',
  'src/background/site-services.ts',
  'src/vault/accounts.ts',
  'src/vault/kdf.ts',
  'src/vault/vault.ts',
];

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

const sourceOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Relative imports of a file as paths from the root, and packages by name. */
function importsOf(file: string): { own: string[]; packages: string[] } {
  const found = [...sourceOf(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    (match) => match[1] ?? '',
  );
  return {
    own: found
      .filter((path) => path.startsWith('.'))
      .map((path) => relative(root, resolve(root, dirname(file), path))),
    packages: found.filter((path) => !path.startsWith('.')),
  };
}

const layerOf = (file: string): string => file.split('/')[1] ?? '';
const sources = filesBelow('src');

describe('the dependency rule', () => {
  it('knows every layer', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect([...new Set(sources.map(layerOf))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it.each(sources)('%s imports only what its layer may', (file) => {
    const allowed = [layerOf(file), ...(MAY_IMPORT[layerOf(file)] ?? [])];
    const styles = (path: string): boolean => path.endsWith('.css');
    // A page's entry is where the browser is let in; texts are imported for their type only.
    const entry = /^src\/ui\/\w+\/main\.tsx$/.test(file);
    const forbidden = importsOf(file).own.filter((path) => {
      if (path.startsWith('public/_locales/')) return layerOf(file) !== 'ui';
      if (entry && path === 'src/platform/browser.ts') return false;
      return !styles(path) && !(path.startsWith('src/') && allowed.includes(layerOf(path)));
    });
    expect(forbidden).toEqual([]);
  });

  it('goes one way between the rooms of the background', () => {
    const roomOf = (file: string) => /^src\/background\/(\w+)\//.exec(file)?.[1];
    const inRooms = sources.filter((file) => roomOf(file) !== undefined);
    expect([...new Set(inRooms.map(roomOf))].sort()).toEqual(Object.keys(ROOM_MAY_IMPORT).sort());
    const against = inRooms.flatMap((file) => {
      const room = roomOf(file) ?? '';
      const allowed = [undefined, room, ...(ROOM_MAY_IMPORT[room] ?? [])];
      const forbidden = importsOf(file).own.filter((path) => !allowed.includes(roomOf(path)));
      return forbidden.map((path) => `${file} → ${path}`);
    });
    expect(against).toEqual([]);
  });

  it('lets in the browser at one place, for entries only', () => {
    const importers = (name: string) => sources.filter((f) => importsOf(f).packages.includes(name));
    expect(importers('webextension-polyfill')).toEqual([
      'src/platform/browser.ts',
      // Its types alone.
      'src/platform/native.ts',
    ]);
    const users = (name: string) =>
      sources.filter((f) => importsOf(f).own.includes(`src/platform/${name}.ts`));
    expect(users('browser').filter((f) => !/^src\/ui\/\w+\/main\.tsx$/.test(f))).toEqual([]);
    expect(users('native')).toEqual(['src/background/early.ts', 'src/background/index.ts']);
  });

  it('keeps the exchange out of reach of pages: no client, no signing in the user interface', () => {
    const reaching = filesBelow('src/ui').filter((file) =>
      importsOf(file).own.some((path) =>
        /^src\/(exchange\/(client|answer|clock|rate)|core\/signing)\.ts$/.test(path),
      ),
    );
    expect(reaching).toEqual([]);
  });

  it('keeps the practice exchange independent of what it tests', () => {
    const borrowed = filesBelow('tests/exchange').filter((file) =>
      importsOf(file).own.some((path) => path.startsWith('src/')),
    );
    expect(borrowed).toEqual([]);
  });
});

describe('what the source may not do', () => {
  const containing = (pattern: RegExp): string[] =>
    sources.filter((file) => pattern.test(sourceOf(file)));

  it('R7, R19: never writes to storage.sync or storage.local', () => {
    expect(containing(/storage\s*\.\s*(sync|local)\b/)).toEqual([]);
  });

  it('R13, R15: has nothing signed but in the corridor, once it was decided on', () => {
    expect(containing(/\.(?:stamp|signStreams|subscription)\(/)).toEqual([
      'src/background/corridor/dispatch.ts',
      'src/background/corridor/second-factor.ts',
      'src/background/pages/site-corridor.ts',
      // Streams of Buckle's own: for an account that one of its own surfaces shows, and only while it is unlocked.
      'src/background/streams/live.ts',
    ]);
    expect(containing(/\bidentity\.sign\(|\bcreateSigner\(/).sort()).toEqual([
      'src/core/signing.ts',
      'src/exchange/client.ts',
      'src/vault/vault.ts',
    ]);
  });

  it('core and policy have no browser, network, storage, clock or chance of their own', () => {
    const pure = containing(
      /\b(browser\.|fetch\(|indexedDB|Date\.now|Math\.random|getRandomValues)/,
    );
    expect(pure.filter((file) => /^src\/(core|policy)\//.test(file))).toEqual([]);
  });

  it('only the background asks for the time, and only its entry', () => {
    const outside = containing(/\bDate\.now\(\)/).filter((file) => !/^src\/ui\//.test(file));
    expect(outside).toEqual(['src/background/index.ts']);
  });

  it('R5: no code from elsewhere: no eval, no script element, no import at run time', () => {
    expect(containing(/\beval\(|new Function\(|createElement\('script'\)/)).toEqual([]);
    // But for parts of the package's own, each named in full where it is read when it is first wanted.
    const importing = containing(
      /\bimport\((?!'\.{1,2}\/(?:screens\/\w+\/|state\/|core\/)?[\w-]+\.tsx?'\))/,
    );
    expect(importing).toEqual([]);
    const lazily = containing(/\bimport\('/);
    const pages = /^src\/ui\/(app|screens\/\w+)\/lazily\.tsx$/;
    expect(lazily.filter((file) => !pages.test(file))).toEqual(PARTED);
  });

  it('writes no markup from text', () => {
    expect(containing(/innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML/)).toEqual(
      [],
    );
  });
});

describe('R5: what ships', () => {
  const manifest = JSON.parse(sourceOf('package.json')) as Record<string, Record<string, string>>;

  it('depends at run time on a named handful', () => {
    expect(Object.keys(manifest.dependencies ?? {}).sort()).toEqual([
      '@noble/ed25519',
      '@noble/hashes',
      '@preact/signals',
      '@scure/base',
      'big.js',
      'hash-wasm',
      'idb-keyval',
      'lightweight-charts',
      'preact',
      'uqr',
      'valibot',
      'webextension-polyfill',
    ]);
  });

  it('pins every version exactly', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual(
      [],
    );
  });

  it('locks every package to its content', () => {
    const lock = JSON.parse(sourceOf('package-lock.json')) as {
      packages: Record<string, { integrity?: string; link?: boolean }>;
    };
    const loose = Object.entries(lock.packages).filter(
      ([path, { integrity }]) => path !== '' && !integrity?.startsWith('sha512-'),
    );
    expect(loose).toEqual([]);
  });

  it('runs no install scripts', () => {
    expect(sourceOf('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  });
});
