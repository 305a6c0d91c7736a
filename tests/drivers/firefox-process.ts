import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { killGroup } from './common.ts';

const START_TIMEOUT_MS = 60_000;

/** A Firefox that nobody closed, because a test run broke off, goes when its driver's process does. */
function endWithUs(child: ChildProcess): void {
  const end = (): void => {
    if (child.pid !== undefined) killGroup(child.pid);
  };
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}

/** Starts Firefox and waits for the address it can be spoken to at. */
export async function spawnFirefox(
  executable: string,
  profile: string,
  headless: boolean,
): Promise<{ child: ChildProcess; endpoint: string }> {
  const child = spawn(
    executable,
    [
      ...(headless ? ['--headless'] : []),
      ...['--no-remote', '--new-instance', '--profile', profile, '--remote-debugging-port=0'],
      ...['--remote-allow-system-access', 'about:blank'],
    ],
    { detached: process.platform !== 'win32', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  endWithUs(child);
  const { stderr } = child;
  if (!stderr) throw new Error('Firefox gave no output');
  const said: string[] = [];
  const endpoint = new Promise<string>((found, fail) => {
    const timer = setTimeout(
      () => fail(new Error(`Firefox did not start: ${said.slice(-5).join(' | ')}`)),
      START_TIMEOUT_MS,
    );
    createInterface(stderr).on('line', (line) => {
      said.push(line);
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(line)?.[1];
      if (!address) return;
      clearTimeout(timer);
      found(address);
    });
    child.once('error', fail);
    child.once('exit', () => {
      clearTimeout(timer);
      fail(new Error(`Firefox ended before it was ready: ${said.slice(-5).join(' | ')}`));
    });
  });
  return { child, endpoint: await endpoint };
}
