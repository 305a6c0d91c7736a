import type { WireError } from '../core/errors.ts';
import { errorText } from './error-text.ts';
import type { Fate } from './state/fate.ts';
import { type MessageKey, t } from './text.ts';

/** Why something did not happen, in words, as far as anybody has said. */
export const reasonText = (error: WireError | undefined): string =>
  error ? errorText(error) : t('noReason');

const FATES: Record<Fate, MessageKey> = {
  sending: 'fateSending',
  checking: 'fateChecking',
  placed: 'fatePlaced',
  partly: 'fatePartly',
  done: 'fateDone',
  pending: 'fatePending',
  refused: 'fateRefused',
  absent: 'fateAbsent',
  notSent: 'fateNotSent',
  unknown: 'fateUnknown',
};

/** What became of it, in a word or two. */
export const fateText = (fate: Fate): string => t(FATES[fate]);
