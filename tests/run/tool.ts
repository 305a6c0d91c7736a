import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The script behind a package's command, so that it runs without a shell on any system. */
function scriptOf(command: string): string {
  const folder = join('node_modules', PACKAGE_OF[command] ?? command);
  const manifest: { bin?: string | Record<string, string> } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const bin = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[command];
  if (!bin) throw new Error(`${command} has no command of that name`);
  return resolve(folder, bin);
}

const PACKAGE_OF: Record<string, string> = { tsc: 'typescript', biome: '@biomejs/biome' };

/**
 * Runs a development tool with its output shown; `true` when it ended well.
 * @param cwd - The folder that it works in, if not this one.
 * @param timeoutMs - After this the tool is ended and has failed.
 */
export function runTool(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; timeoutMs?: number } = {},
): Promise<boolean> {
  const { cwd = '.', env = {}, timeoutMs = 15 * 60_000 } = options;
  return new Promise((done) => {
    const child = spawn(process.execPath, [scriptOf(command), ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      cwd,
      env: { ...process.env, ...env },
      timeout: timeoutMs,
    });
    child.on('error', () => done(false));
    child.on('exit', (code) => done(code === 0));
  });
}

/** What a development tool prints, whether it ends well or not. */
export function outputOf(command: string, args: readonly string[]): Promise<string> {
  return new Promise((done) => {
    const options = { maxBuffer: 10_000_000 };
    execFile(process.execPath, [scriptOf(command), ...args], options, (_error, stdout) =>
      done(stdout),
    );
  });
}
