import { median } from './median.ts';
import { withWorker } from './own-extension.ts';

const TURNS = 15;

/** Whole requests and bare signatures a second in one worker of Chromium, turn by turn. */
export function requestsPerSecond(): Promise<{ whole: number; bare: number }> {
  return withWorker('./requests-worker.ts', async (ask) => {
    const whole: number[] = [];
    const bare: number[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      whole.push(await ask('whole'));
      bare.push(await ask('bare'));
    }
    return { whole: median(whole), bare: median(bare) };
  });
}
