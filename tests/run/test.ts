import type { BrowserName } from '../drivers/driver.ts';
import { differsElsewhere } from '../package/elsewhere.ts';
import { oversize } from '../package/limits.ts';
import { complaints } from '../package/lint.ts';
import { ensureBrowsers } from './browsers.ts';
import { BUILD_MODE, buildFor } from './build.ts';
import { matrixOf, tally } from './matrix.ts';
import { runTool } from './tool.ts';
import { runVitest, type TestResult } from './vitest.ts';

// npm test: every check there is, in order. A later step runs even if an earlier one failed.

const BROWSERS: readonly BrowserName[] = ['chromium', 'firefox'];
const results: TestResult[] = [];
const runs = new Map<BrowserName, readonly TestResult[]>();
const built = new Set<BrowserName>();

async function step<T>(title: string, run: () => Promise<T>): Promise<T> {
  const before = performance.now();
  console.log(`\n── ${title}`);
  const value = await run();
  console.log(`   ${((performance.now() - before) / 1000).toFixed(1)} s`);
  return value;
}

/** A check that passes or fails as one. */
async function check(title: string, run: () => Promise<boolean>): Promise<boolean> {
  const passed = await step(title, run);
  if (!passed) console.log(`   ✗ ${title}`);
  results.push({ name: title, outcome: passed ? 'passed' : 'failed' });
  return passed;
}

/** A check of a build that passes if it has nothing to say. */
function checkFor(browser: BrowserName, title: string, find: () => Promise<readonly string[]>) {
  return check(title, async () => {
    if (!built.has(browser)) return false;
    const found = await find();
    for (const each of found) console.log(`   ${each}`);
    return found.length === 0;
  });
}

/** In a full run nothing may be left out, so a test that did not run has failed. */
function count(run: readonly TestResult[]): readonly TestResult[] {
  const strict = run.map(
    (result): TestResult =>
      result.outcome === 'not run' ? { ...result, outcome: 'failed' } : result,
  );
  results.push(...strict);
  return strict;
}

async function haveBrowsers(): Promise<boolean> {
  try {
    await ensureBrowsers(BROWSERS);
    return true;
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return false;
  }
}

const browsersFound = await haveBrowsers();
if (!browsersFound) results.push({ name: 'browsers', outcome: 'failed' });
await check('types', () => runTool('tsc', ['--noEmit']));
await check('lint', () => runTool('biome', ['check', '.']));

for (const browser of BROWSERS) {
  if (await check(`build for ${browser}`, () => buildFor(browser))) built.add(browser);
}
await checkFor('firefox', 'web-ext lint', () => complaints(`dist/${BUILD_MODE.firefox}`));
await checkFor('chromium', 'sizes', () => oversize(`dist/${BUILD_MODE.chromium}`));
for (const browser of BROWSERS) {
  await checkFor(browser, `the same package elsewhere, for ${browser}`, async () => {
    const difference = await differsElsewhere(BUILD_MODE[browser]);
    return difference === undefined ? [] : [difference];
  });
}
count(await step('unit', () => runVitest('unit', { label: 'unit' })));

console.log('\n── seeded runs, beside the scenarios');
const seeded = runVitest('runs', { label: 'runs' });

for (const browser of BROWSERS) {
  const env = { BUCKLE_BROWSER: browser };
  // What sleeps most of its time does so beside them.
  const run = async (): Promise<TestResult[]> =>
    (
      await Promise.all([
        runVitest('scenarios', { label: browser, env }),
        runVitest('waits', { label: `${browser}-waits`, env }),
      ])
    ).flat();
  const title = `scenarios in ${browser}`;
  const possible = browsersFound && built.has(browser);
  const ran = possible ? await step(title, run) : [{ name: title, outcome: 'failed' } as const];
  runs.set(browser, count(ran));
}
count(await seeded);

const { passed, failed } = tally(results);
console.log(`\n${matrixOf(runs)}\n`);
for (const { name, outcome } of results) if (outcome === 'failed') console.log(`✗ ${name}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
