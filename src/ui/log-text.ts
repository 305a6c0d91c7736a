import { listOf } from '../core/canonical.ts';
import { instructions, isInstruction } from '../exchange/instructions/index.ts';
import { decodeParams } from '../exchange/schema.ts';
import type { LogEntry } from '../messaging/log.ts';
import { decisionText } from './decision-text.ts';
import { requestSentence } from './request-text.ts';
import { type MessageKey, t } from './text.ts';

/** What was asked, where it is no request of the exchange's. */
const WHAT: ReadonlyMap<string, MessageKey> = new Map([
  ['connect', 'logConnect'],
  ['signBatch', 'logSignBatch'],
  ['signSubscription', 'logSignSubscription'],
  ['grant', 'logGrant'],
  ['revoke', 'logRevoke'],
  ['block', 'logBlock'],
]);

const DECISIONS = {
  approved: 'logApproved',
  granted: 'logGranted',
  rejected: 'logRejected',
  refused: 'logRefused',
} as const satisfies Record<LogEntry['decision'], string>;

/** Whether this version reads the entry's request: what an older or newer one wrote may have other members. */
function canSay({ instruction, params }: LogEntry): boolean {
  if (instruction === undefined || params === undefined || !isInstruction(instruction))
    return false;
  try {
    for (const each of listOf(params)) decodeParams(instructions[instruction].params, each);
    return true;
  } catch {
    return false;
  }
}

/** What was asked, in one sentence. */
export function entrySentence(entry: LogEntry): string {
  const { what, instruction, params } = entry;
  if (instruction !== undefined && params !== undefined && canSay(entry)) {
    const words = requestSentence({ instruction, params });
    return what === 'sign' ? t('logSignature', words) : words;
  }
  const key = WHAT.get(what);
  if (key) return t(key);
  return instruction ?? what;
}

/** What was decided, in a word or two. */
export const decisionWord = ({ decision }: Pick<LogEntry, 'decision'>): string =>
  t(DECISIONS[decision]);

/** Why, where there is a reason to name. */
export const reasonWords = ({ reason }: LogEntry): string | undefined =>
  reason === undefined ? undefined : (decisionText(reason) ?? reason);
