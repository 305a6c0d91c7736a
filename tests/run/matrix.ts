import type { BrowserName } from '../drivers/driver.ts';
import type { TestResult } from './vitest.ts';

const SIGN = { passed: '✓', failed: '✗', 'not run': '—' } as const;

/** Scenario × browser as text: a row for each scenario, `—` where it did not run. */
export function matrixOf(runs: ReadonlyMap<BrowserName, readonly TestResult[]>): string {
  const names = new Set([...runs.values()].flatMap((results) => results.map(({ name }) => name)));
  const rows = [...names]
    .map((name) => {
      const cell = (browser: BrowserName): string =>
        SIGN[runs.get(browser)?.find((result) => result.name === name)?.outcome ?? 'not run'];
      return { name, chromium: cell('chromium'), firefox: cell('firefox') };
    })
    .filter(({ chromium, firefox }) => chromium !== '—' || firefox !== '—');
  const width = Math.max(8, ...rows.map(({ name }) => name.length));
  const line = (name: string, chromium: string, firefox: string): string =>
    `${name.padEnd(width)}  ${chromium.padStart(8)}  ${firefox.padStart(8)}`;
  const head = line('Scenario', 'Chromium', 'Firefox');
  return [head, ...rows.map((row) => line(row.name, row.chromium, row.firefox))].join('\n');
}

/** How the run as a whole ended. */
export function tally(results: readonly TestResult[]): { passed: number; failed: number } {
  const passed = results.filter(({ outcome }) => outcome === 'passed').length;
  return { passed, failed: results.filter(({ outcome }) => outcome === 'failed').length };
}
