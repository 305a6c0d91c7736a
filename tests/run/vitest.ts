import { mkdir, readFile, rm } from 'node:fs/promises';
import * as v from 'valibot';
import { runTool } from './tool.ts';

const report = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      assertionResults: v.array(v.object({ fullName: v.string(), status: v.string() })),
    }),
  ),
});

export interface TestResult {
  name: string;
  outcome: 'passed' | 'failed' | 'not run';
}

/** One result a test; a file that broke before its first test, or has none, is a failed one. */
function resultsOf(text: string): TestResult[] {
  const { testResults } = v.parse(report, JSON.parse(text));
  return testResults.flatMap(({ name, status, assertionResults }): TestResult[] => {
    const results = assertionResults.map(({ fullName, status: outcome }): TestResult => {
      if (outcome === 'passed' || outcome === 'failed') return { name: fullName, outcome };
      return { name: fullName, outcome: 'not run' };
    });
    const broke = status === 'failed' && !results.some(({ outcome }) => outcome === 'failed');
    const file = name.slice(name.lastIndexOf('/tests/') + 1);
    if (results.length === 0 || broke) results.push({ name: file, outcome: 'failed' });
    return results;
  });
}

/** Runs a vitest project and tells what became of each test. */
export async function runVitest(
  project: 'unit' | 'runs' | 'scenarios' | 'waits' | 'soak',
  options: { args?: readonly string[]; env?: Record<string, string>; label: string },
): Promise<TestResult[]> {
  const { args = [], env = {}, label } = options;
  const file = `out/results/${label}.json`;
  await mkdir('out/results', { recursive: true });
  await rm(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ended = await runTool('vitest', ['run', '--project', project, ...reporters, ...args], {
    env,
    timeoutMs: 40 * 60_000,
  });
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const crashed: TestResult = { name: `${label}: the run itself`, outcome: 'failed' };
  if (text === undefined) return [crashed];
  const results = resultsOf(text);
  const explained = results.some(({ outcome }) => outcome === 'failed');
  return ended || explained ? results : [...results, crashed];
}
