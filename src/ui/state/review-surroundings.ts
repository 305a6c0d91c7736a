import { type ReadonlySignal, signal } from '@preact/signals';
import type { Prepared } from '../../messaging/requests.ts';
import { type Part, part } from './part.ts';
import { createSurroundings, type Subject, type Surroundings } from './surroundings.ts';

/** Live data around what is under review, whatever kind of request it is. */
export interface ReviewSurroundings extends Part {
  readonly around: Surroundings;
  /** Looks at what this request touches for as long as it is under review. */
  look(prepared: Prepared | undefined): void;
  readonly subject: ReadonlySignal<Subject | undefined>;
}

const KINDS: Readonly<Record<string, Subject['kind']>> = {
  orderExecute: 'orders',
  withdraw: 'withdrawal',
};

export const reviewSurroundings = part(({ call, presence, now }): ReviewSurroundings => {
  const subject = signal<Subject | undefined>();
  return {
    around: createSurroundings(call, presence, subject, now),
    subject,
    look(prepared) {
      subject.value = prepared && {
        account: prepared.account,
        kind: KINDS[prepared.instruction] ?? 'other',
        params: prepared.params,
      };
    },
    reset() {
      subject.value = undefined;
    },
  };
});
