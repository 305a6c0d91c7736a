import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { WebSocket } from 'ws';

const answer = v.object({ id: v.number(), result: v.unknown() });
const processes = v.object({
  processInfo: v.array(v.object({ type: v.string(), id: v.number(), cpuTime: v.number() })),
});

/** Asked of Chromium to open a door of its own for what is below, beside the driver's. */
export const OWN_DOOR = '--remote-debugging-port=0';

/** Where the browser with this profile has opened that door. */
async function doorOf(profileDir: string): Promise<string> {
  const [port, path] = (await readFile(join(profileDir, 'DevToolsActivePort'), 'utf8')).split('\n');
  return `ws://127.0.0.1:${port}${path}`;
}

async function ask(door: string, method: string): Promise<unknown> {
  const socket = new WebSocket(door);
  try {
    return await new Promise((resolve, reject) => {
      socket.on('open', () => socket.send(JSON.stringify({ id: 1, method })));
      socket.on('message', (text) => resolve(v.parse(answer, JSON.parse(String(text))).result));
      socket.on('error', reject);
    });
  } finally {
    socket.close();
  }
}

/** How a process was started; `''` where a system does not say so in `/proc`. */
const commandOf = (id: number): Promise<string> =>
  readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');

/** Processor time in ms that the extension's processes have used so far, by process; those that have ended are not there. */
export async function extensionTime(profileDir: string): Promise<ReadonlyMap<number, number>> {
  const found = await ask(await doorOf(profileDir), 'SystemInfo.getProcessInfo');
  const times = new Map<number, number>();
  for (const { id, cpuTime } of v.parse(processes, found).processInfo) {
    if ((await commandOf(id)).includes('--extension-process')) times.set(id, cpuTime * 1000);
  }
  return times;
}
