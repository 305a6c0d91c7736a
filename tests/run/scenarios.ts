import { parseArgs } from 'node:util';
import type { BrowserName } from '../drivers/driver.ts';
import { ensureBrowsers } from './browsers.ts';
import { ensureBuilt } from './build.ts';
import { matrixOf, tally } from './matrix.ts';
import { runVitest, type TestResult } from './vitest.ts';

// npm run scenarios -- --browser firefox -t "name": a part of the scenarios; the rest of the
// arguments are vitest's.

function chosen(name: string | undefined): readonly BrowserName[] {
  if (name === undefined) return ['chromium', 'firefox'];
  if (name === 'chromium' || name === 'firefox') return [name];
  throw new Error(`--browser is chromium or firefox, not ${name}`);
}

const given = process.argv.slice(2);
const at = given.indexOf('--browser');
const { values } = parseArgs({
  args: at < 0 ? [] : given.splice(at, 2),
  options: { browser: { type: 'string' } },
});
const browsers = chosen(values.browser);
await ensureBrowsers(browsers);
const runs = new Map<BrowserName, TestResult[]>();
for (const browser of browsers) {
  await ensureBuilt(browser);
  console.log(`\n── scenarios in ${browser}`);
  const env = { BUCKLE_BROWSER: browser };
  runs.set(browser, await runVitest('scenarios', { label: browser, env, args: given }));
}
const { passed, failed } = tally([...runs.values()].flat());
console.log(`\n${matrixOf(runs)}\n\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
