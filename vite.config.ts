import { basename, resolve } from 'node:path';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { build, defineConfig, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import { backgroundScripts, oneFirstFile } from './tests/package/background-scripts.ts';
import { stamp } from './tests/package/stamp.ts';

type Browser = 'chrome' | 'firefox';

/**
 * One manifest.json serves both; each build drops what the other browser only warns about. While developing, the background is
 * the modules themselves; in a build it is a plain script, which is written into the manifest with it.
 */
function manifestFor(browser: Browser, command: 'serve' | 'build') {
  const { minimum_chrome_version, side_panel, ...rest } = manifest;
  const { browser_specific_settings, sidebar_action, background, ...both } = rest;
  const shared = command === 'serve' ? { ...both, background, ...openToDevServer() } : both;
  if (browser === 'chrome') return { ...shared, minimum_chrome_version, side_panel };
  const permissions = shared.permissions.filter((permission) => permission !== 'sidePanel');
  return { ...shared, permissions, browser_specific_settings, sidebar_action };
}

/** While developing, pages get their modules, styles and news of changes from the dev server, which the policy would refuse. */
function openToDevServer() {
  const policy = manifest.content_security_policy.extension_pages
    .replace('connect-src', 'connect-src http://localhost:* ws://localhost:*')
    .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");
  return { content_security_policy: { extension_pages: policy } };
}

/**
 * What is put into connected pages, under the names that the background registers it by: one plain file each, no loader, no
 * import, nothing in it that a page could ask for by address.
 */
const PAGE_SCRIPTS = {
  'content/bridge.js': 'src/provider/bridge.ts',
  'content/provider.js': 'src/provider/inpage.ts',
};

async function pageScript(fileName: string, entry: string) {
  const name = basename(fileName, '.js');
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
  return { scripts: [{ fileName, code: chunk.code }], watched: chunk.moduleIds };
}

/** Everything that is no module: what is put into pages, and the background. */
const plainScripts = (browser: Browser): Plugin => {
  let background: readonly string[] = [];
  return {
    name: 'plain-scripts',
    apply: 'build',
    async buildStart() {
      const built = [await backgroundScripts()];
      background = (built[0]?.scripts ?? []).map(({ fileName }) => fileName);
      for (const [name, entry] of Object.entries(PAGE_SCRIPTS)) {
        built.push(await pageScript(name, entry));
      }
      for (const { scripts, watched } of built) {
        for (const id of watched) this.addWatchFile(id);
        for (const { fileName, code } of scripts) {
          this.emitFile({ type: 'asset', fileName, source: code });
        }
      }
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const written = bundle['manifest.json'];
        if (written?.type !== 'asset') throw new Error('no manifest was written');
        const complete = {
          ...JSON.parse(String(written.source)),
          // A worker reads the rest by itself. An event page has no other way than this list, the first script last.
          background:
            browser === 'chrome' ? { service_worker: background.at(-1) } : { scripts: background },
        };
        written.source = JSON.stringify(complete, null, 2);
      },
    },
  };
};

/**
 * While developing, the background is a module, and a worker's module cannot read another at run time: what the build makes a
 * part of its own is imported with the rest.
 */
const importsAtOnce = (): Plugin => ({
  name: 'imports-at-once',
  apply: 'serve',
  enforce: 'pre',
  transform(code, id) {
    if (id.startsWith(resolve('src/ui')) || !id.startsWith(resolve('src'))) return undefined;
    const imports: string[] = [];
    const inPlace = code.replace(/\bimport\(('[^']+')\)/g, (_, path) => {
      imports.push(`import * as part${imports.length} from ${path};`);
      return `Promise.resolve(part${imports.length - 1})`;
    });
    return imports.length === 0 ? undefined : { code: imports.join('') + inPlace, map: null };
  },
});

/**
 * `webextension-polyfill` as the module that it is not. Through the bundler's bridge for such files every part of `browser` is
 * made and copied each time that a page opens, needed or not.
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

/** A popup that has to read twenty files before it shows anything opens half as fast again later. */
const POPUP = resolve('src/ui/popup/main.tsx');

export default defineConfig(({ mode, command }) => {
  const browser: Browser = mode === 'firefox' ? 'firefox' : 'chrome';
  // The dev server writes a manifest that opens its files to every site: never into a folder that is packaged.
  const outDir = command === 'serve' ? 'out/dev' : `dist/${browser}`;
  const first = oneFirstFile(POPUP);
  return {
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [
      crx({ manifest: manifestFor(browser, command) as ManifestV3Export, browser }),
      polyfillAsModule(),
      importsAtOnce(),
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
        // How long plugins take is nobody's concern who builds.
        checks: { bundlerTimings: false },
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
