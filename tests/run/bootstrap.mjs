// The one way in on a bare machine: plain JavaScript, no dependency. Checks Node, installs what is
// missing, then runs `tests/run/<command>.ts` with the arguments it was given, if a command was.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function checkNode() {
  const wanted = read('package.json').engines.node.replace('>=', '');
  const [major = 0, minor = 0] = wanted.split('.').map(Number);
  const [ourMajor = 0, ourMinor = 0] = process.versions.node.split('.').map(Number);
  if (ourMajor > major || (ourMajor === major && ourMinor >= minor)) return;
  fail(`Buckle's tools need Node ${wanted} or newer; this is ${process.versions.node}.`);
}

/** Is what lies in node_modules exactly what package-lock.json asks for, but for other platforms' packages? */
function isInstalled() {
  const record = 'node_modules/.package-lock.json';
  if (!existsSync(join(root, record))) return false;
  const installed = read(record).packages;
  return Object.entries(read('package-lock.json').packages).every(([path, wanted]) => {
    if (path === '') return true;
    const here = installed[path];
    return here ? here.integrity === wanted.integrity : Boolean(wanted.optional);
  });
}

function install() {
  if (isInstalled()) return;
  process.stdout.write('Installing packages (npm ci) …\n');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail('npm ci failed.');
}

const [command = '', ...args] = process.argv.slice(2);
if (command === '') {
  checkNode();
  install();
  process.exit();
}
const script = join(root, 'tests', 'run', `${command}.ts`);
if (!existsSync(script)) fail(`There is no command "${command}".`);
checkNode();
install();
const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
  cwd: root,
  stdio: 'inherit',
});
// The terminal sends Ctrl+C to the child too; wait for it to end in its own way.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
