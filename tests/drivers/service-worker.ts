import type { CDPSession } from 'playwright';
import { until } from './wait.ts';

/**
 * Stops the extension's service worker, whatever it is doing, and returns once it has stopped. An
 * open page may wake the next one within a few ms, under the same target id; so the browser's own
 * report of each change is followed, in which no stop can be missed.
 * @param session - Of a page of the extension.
 */
export async function stopWorker(session: CDPSession, origin: string): Promise<void> {
  const reports: { versionId: string; status: string }[] = [];
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const { versionId, scriptURL, runningStatus: status } of versions) {
      if (scriptURL.startsWith(origin)) reports.push({ versionId, status });
    }
  });
  await session.send('ServiceWorker.enable');
  const first = await until('word of the extension’s worker', () => reports.at(-1));
  if (first.status === 'stopped') return;
  const before = reports.length;
  await session.send('ServiceWorker.stopWorker', { versionId: first.versionId });
  const ended = () => reports.slice(before).some(({ status }) => status === 'stopped');
  await until('the end of the worker', () => ended() || undefined);
}
