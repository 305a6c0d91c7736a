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

export default defineConfig(({ mode, command }) => {
  const browser: Browser = mode === 'firefox' ? 'firefox' : 'chrome';
  // The dev server writes a manifest that opens its files to every site: never into a folder that is packaged.
  const outDir = command === 'serve' ? 'out/dev' : `dist/${browser}`;
  return {
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [
      crx({ manifest: manifestFor(browser) as ManifestV3Export, browser }),
      pageScripts(),
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
      },
    },
  };
});
