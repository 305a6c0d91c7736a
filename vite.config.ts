import { basename, resolve } from 'node:path';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { build, defineConfig, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import { stamp } from './tests/package/stamp.ts';

type Browser = 'chrome' | 'firefox';

/**
 * One manifest.json serves both; each build drops what the other browser only warns about. While developing, the background is
 * the modules themselves; in a build it is a plain script, which is written into the manifest with it.
 */
function manifestFor(browser: Browser, command: 'serve' | 'build') {
  const { minimum_chrome_version, side_panel, ...rest } = manifest;
  const { browser_specific_settings, sidebar_action, background, ...both } = rest;
  const shared = { ...both, ...(command === 'serve' ? { background } : {}) };
  if (browser === 'chrome') return { ...shared, minimum_chrome_version, side_panel };
  const permissions = shared.permissions.filter((permission) => permission !== 'sidePanel');
  return { ...shared, permissions, browser_specific_settings, sidebar_action };
}

/**
 * Scripts of one plain file each, no loader, no import. What is put into connected pages must hold nothing that a page could ask
 * for by address, under the names that the background registers it by. The background itself starts in half the time: browsers
 * read and compile the modules of a worker anew at each start, and keep a plain script compiled.
 */
const PLAIN_SCRIPTS = {
  'content/bridge.js': 'src/provider/bridge.ts',
  'content/provider.js': 'src/provider/inpage.ts',
  'background.js': 'src/background/index.ts',
};

const plainScripts = (browser: Browser): Plugin => ({
  name: 'plain-scripts',
  apply: 'build',
  async buildStart() {
    for (const [fileName, entry] of Object.entries(PLAIN_SCRIPTS)) {
      const name = basename(fileName, '.js');
      const built = await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        plugins: [polyfillAsModule()],
        build: {
          write: false,
          target: 'es2022',
          lib: { entry, formats: ['iife'], name, fileName: () => `${name}.js` },
        },
      });
      const [chunk] = [built].flat().flatMap((part) => ('output' in part ? part.output : []));
      if (chunk?.type !== 'chunk') throw new Error(`no script came of ${entry}`);
      for (const id of chunk.moduleIds) this.addWatchFile(id);
      this.emitFile({ type: 'asset', fileName, source: chunk.code });
    }
  },
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const written = bundle['manifest.json'];
      if (written?.type !== 'asset') throw new Error('no manifest was written');
      const background =
        browser === 'chrome' ? { service_worker: 'background.js' } : { scripts: ['background.js'] };
      const complete = { ...JSON.parse(String(written.source)), background };
      written.source = JSON.stringify(complete, null, 2);
    },
  },
});

/**
 * `webextension-polyfill` as the module that it is not. Through the bundler's bridge for such files every part of `browser` is
 * made and copied at each start, needed or not, which takes longer than the rest of the background's start.
 */
const polyfillAsModule = (): Plugin => ({
  name: 'polyfill-as-module',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/browser-polyfill.js')) return undefined;
    const around = [
      'const module = { exports: {} }, exports = module.exports;',
      'export default module.exports;',
    ];
    return { code: around.join(`\n${code}\n`), map: null };
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

/**
 * Gathers what the popup reads first into one file: a popup that has to read twenty opens half as fast again later. What
 * screens read when they are shown is left as it falls.
 */
function oneFirstFile() {
  const first = new Set<string>();
  const plugin: Plugin = {
    name: 'one-first-file',
    buildEnd() {
      first.clear();
      first.add(POPUP);
      // A set gives what is added to it while it is gone through.
      for (const id of first) {
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) first.add(imported);
      }
    },
  };
  const group = { name: (id: string) => (first.has(id) ? 'first' : null), debugName: 'first' };
  return { plugin, group };
}

export default defineConfig(({ mode, command }) => {
  const browser: Browser = mode === 'firefox' ? 'firefox' : 'chrome';
  // The dev server writes a manifest that opens its files to every site: never into a folder that is packaged.
  const outDir = command === 'serve' ? 'out/dev' : `dist/${browser}`;
  const first = oneFirstFile();
  return {
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [
      crx({ manifest: manifestFor(browser, command) as ManifestV3Export, browser }),
      polyfillAsModule(),
      plainScripts(browser),
      first.plugin,
      stamped(),
    ],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      sourcemap: false,
      rolldownOptions: {
        input: {
          full: 'src/ui/full/index.html',
          panel: 'src/ui/panel/index.html',
          approval: 'src/ui/approval/index.html',
        },
        output: { codeSplitting: { groups: [first.group] } },
      },
    },
  };
});
