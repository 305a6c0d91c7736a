import { median } from './median.ts';
import { withWorker } from './own-extension.ts';

const TURNS = 60;
const ACTS = ['append', 'newest', 'oldest'] as const;

export type LogTimes = Record<(typeof ACTS)[number], { few: number; many: number }>;

/** Times in ms of a log with 100,000 entries beside one with 100, in one worker of Chromium, turn by turn. */
export function measureLog(): Promise<LogTimes> {
  return withWorker('./log-worker.ts', async (ask) => {
    await ask('ready');
    const measured = async (act: (typeof ACTS)[number]) => {
      const few: number[] = [];
      const many: number[] = [];
      for (let turn = 0; turn < TURNS; turn += 1) {
        few.push(await ask(`few ${act}`));
        many.push(await ask(`many ${act}`));
      }
      return { few: median(few), many: median(many) };
    };
    return {
      append: await measured('append'),
      newest: await measured('newest'),
      oldest: await measured('oldest'),
    };
  });
}
