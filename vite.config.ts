import { resolve } from 'node:path';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { build, defineConfig, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import { stamp } from './tests/package/stamp.ts';

type Browser = 'chrome' | 'firefox';

/** One manifest.json serves both; each build drops what the other browser only warns about. */
function manifestFor(browser: Browser) {
  const { minimum_chrome_version, browser_specific_settings, ...shared } = manifest;
  return browser === 'chrome'
    ? { ...shared, minimum_chrome_version }
    : { ...shared, browser_specific_settings };
}

/** What is put into connected pages, under the names that the background registers it by. */
const PAGE_SCRIPTS = { bridge: 'src/provider/bridge.ts', provider: 'src/provider/inpage.ts' };

/** Each page script as one plain file: no loader, no import, nothing that a page could ask for by address. */
const pageScripts = (): Plugin => ({
  name: 'page-scripts',
  apply: 'build',
  async buildStart() {
    for (const [name, entry] of Object.entries(PAGE_SCRIPTS)) {
      const built = await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        build: {
          write: false,
          target: 'es2022',
          lib: { entry, formats: ['iife'], name, fileName: () => `${name}.js` },
        },
      });
      const [chunk] = [built].flat().flatMap((part) => ('output' in part ? part.output : []));
      if (chunk?.type !== 'chunk') throw new Error(`no script came of ${entry}`);
      for (const id of chunk.moduleIds) this.addWatchFile(id);
      this.emitFile({ type: 'asset', fileName: `content/${name}.js`, source: chunk.code });
    }
  },
});

/** The pages say which build they belong to, so that a person can compare. */
const stamped = (): Plugin => ({
  name: 'stamped',
  apply: 'build',
  writeBundle: {
    order: 'post',
    sequential: true,
    handler: ({ dir }) => (dir === undefined ? undefined : stamp(dir)),
  },
});

const POPUP = resolve('src/ui/popup/main.tsx');
const WORKER = resolve('src/background/index.ts');

/**
 * Gathers what the popup reads first into one file, and what it has in common with the background into another: a popup that
 * has to read twenty files opens half as fast again later. What screens read when they are shown is left as it falls.
 */
function fewFiles() {
  const readBy = new Map<string, ReadonlySet<string>>();
  const isReadBy = (entry: string, id: string): boolean => readBy.get(entry)?.has(id) ?? false;
  const plugin: Plugin = {
    name: 'few-files',
    buildEnd() {
      for (const entry of [POPUP, WORKER]) {
        const found = new Set([entry]);
        // A set gives what is added to it while it is gone through.
        for (const id of found) {
          for (const imported of this.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
        }
        readBy.set(entry, found);
      }
    },
  };
  const group = (name: string, priority: number, holds: (id: string) => boolean) => ({
    debugName: name,
    priority,
    name: (id: string) => (holds(id) ? name : null),
  });
  const groups = [
    group('common', 2, (id) => isReadBy(POPUP, id) && isReadBy(WORKER, id)),
    group('first', 1, (id) => isReadBy(POPUP, id)),
  ];
  return { plugin, groups };
}

export default defineConfig(({ mode, command }) => {
  const browser: Browser = mode === 'firefox' ? 'firefox' : 'chrome';
  // The dev server writes a manifest that opens its files to every site: never into a folder that is packaged.
  const outDir = command === 'serve' ? 'out/dev' : `dist/${browser}`;
  const { plugin: fewFilesPlugin, groups } = fewFiles();
  return {
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [
      crx({ manifest: manifestFor(browser) as ManifestV3Export, browser }),
      pageScripts(),
      fewFilesPlugin,
      stamped(),
    ],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      sourcemap: false,
      rolldownOptions: {
        input: { full: 'src/ui/full/index.html', approval: 'src/ui/approval/index.html' },
        output: { codeSplitting: { groups } },
      },
    },
  };
});
