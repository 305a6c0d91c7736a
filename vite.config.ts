import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };

type Browser = 'chrome' | 'firefox';

/** One manifest.json serves both; each build drops what the other browser only warns about. */
function manifestFor(browser: Browser) {
  const { minimum_chrome_version, browser_specific_settings, ...shared } = manifest;
  return browser === 'chrome'
    ? { ...shared, minimum_chrome_version }
    : { ...shared, browser_specific_settings };
}

export default defineConfig(({ mode, command }) => {
  const browser: Browser = mode === 'firefox' ? 'firefox' : 'chrome';
  // The dev server writes a manifest that opens its files to every site: never into a folder that is packaged.
  const outDir = command === 'serve' ? 'out/dev' : `dist/${browser}`;
  return {
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [crx({ manifest: manifestFor(browser) as ManifestV3Export, browser })],
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
