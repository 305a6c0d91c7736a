import type { Reads } from '../../../../src/background/outcome/finding.ts';
import { sweep } from '../../../../src/background/outcome/outcomes.ts';
import type { JournalEntry } from '../../../../src/background/records/journal-entry.ts';
import { AppError } from '../../../../src/core/errors.ts';
import type { ChangingInstruction } from '../../../../src/exchange/instructions/index.ts';

// What one look at the exchange proves, and what it does not. Times are those of the request, or as far from it as said.

export const SENT = 1_760_000_000_000;
export const text = (ms: number): string => new Date(ms).toISOString().slice(0, -1);
export const NOW = text(SENT + 50);
export const EARLIER = text(SENT - 3000);
export const LONG_AGO = text(SENT - 3_600_000);

/** Answers each read with what is given for its instruction, an empty list otherwise; an error is thrown. */
export const readsOf = (answers: Readonly<Record<string, unknown>>): Reads =>
  ({
    exchange: {
      read: async (_identity: unknown, instruction: string) => {
        const answer = answers[instruction] ?? [];
        if (answer instanceof Error) throw answer;
        return { answer };
      },
    },
    identity: {},
    window: 5000,
    at: answers.at ?? SENT + 60_000,
  }) as unknown as Reads;

export const look = async (
  instruction: ChangingInstruction,
  params: JournalEntry['params'],
  answers: Readonly<Record<string, unknown>>,
  more: { outcome?: 'pending'; others?: string[] } = {},
): Promise<unknown> => {
  const { others = [], ...rest } = more;
  const entry = { instruction, params, timestamp: SENT, window: 5000, ...rest } as JournalEntry;
  const { known, seems } = await sweep(readsOf(answers), entry, new Set(others));
  return seems === undefined ? { is: known } : { seems: seems[0] };
};

export const unknown = { seems: 'unknown' };
export const absent = { seems: 'absent' };
export const done = { is: { outcome: 'done' } };
export const notFound = new AppError('EXCHANGE', {
  status: 404,
  code: 'RESOURCE_NOT_FOUND',
  message: '',
});
export const strayed = new AppError('EXCHANGE', { status: 404, code: '', message: 'not found' });
