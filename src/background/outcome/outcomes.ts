import { isList } from '../../core/canonical.ts';
import type { ChangingInstruction } from '../../exchange/instructions/index.ts';
import type { JournalEntry, OneEntry, Seeming } from '../records/journal-entry.ts';
import { findConverted, findUpdated } from './account.ts';
import { endOf, findParts } from './batch.ts';
import { findMoved } from './borrow-lend.ts';
import type { Find, Reads } from './finding.ts';
import { findAllCancelled, findCancelled, findPlaced } from './orders.ts';
import { cannotBeFound, findAccepted, findQuote, findRfq, findRfqCancelled } from './rfq.ts';
import { findAllStrategiesCancelled, findStrategy, findStrategyCancelled } from './strategies.ts';
import { findMinted, findRedeemAsked, findRedeemCancelled } from './vaults.ts';
import { findWithdrawn } from './withdrawals.ts';

/** One for each instruction that changes something; a new one without a way to know its outcome does not compile. */
const finders: Readonly<Record<ChangingInstruction, Find>> = {
  orderExecute: findPlaced,
  orderCancel: findCancelled,
  orderCancelAll: findAllCancelled,
  withdraw: findWithdrawn,
  accountUpdate: findUpdated,
  convertDust: findConverted,
  borrowLendExecute: findMoved,
  rfqSubmit: findRfq,
  rfqRefresh: cannotBeFound,
  rfqCancel: findRfqCancelled,
  quoteAccept: findAccepted,
  quoteSubmit: findQuote,
  strategyCreate: findStrategy,
  strategyCancel: findStrategyCancelled,
  strategyCancelAll: findAllStrategiesCancelled,
  vaultMint: findMinted,
  vaultRedeemRequest: findRedeemAsked,
  vaultRedeemCancel: findRedeemCancelled,
};

/** What one look says of a request. */
export interface Sweep {
  /** What is known of it now. */
  known: Partial<JournalEntry>;
  /** Of a batch, of each order, what is not known yet seems to be; of any other request the one. None: this is its end. */
  seems?: readonly (Seeming | undefined)[];
  /** Its end, if nothing more comes. */
  atLast: Partial<JournalEntry>;
}

/** One look at the exchange for what became of a request. */
export async function sweep(
  reads: Reads,
  entry: JournalEntry,
  others: ReadonlySet<string>,
  rivals: readonly OneEntry[] = [],
): Promise<Sweep> {
  const find = finders[entry.instruction];
  const { params } = entry;
  if (isList(params)) {
    const looked = await findParts(find, reads, { ...entry, params }, others, rivals);
    const found = { ...looked, seems: looked.seems.map(doubted(entry)) };
    const isAll = found.seems.every((each) => each === undefined);
    const atLast = endOf(found);
    return isAll
      ? { known: atLast, atLast }
      : { known: { parts: found.parts }, seems: found.seems, atLast };
  }
  const found = await find(reads, { ...entry, params }, others, rivals);
  if ('is' in found) return { known: found.is, atLast: found.is };
  const seems = doubted(entry)(found.seems);
  return { known: {}, seems: [seems], atLast: { outcome: seems } };
}

/** What was taken may still be done: the end of its window says nothing about it. */
const doubted =
  ({ taken }: JournalEntry) =>
  <S extends Seeming | undefined>(seems: S): S | 'unknown' =>
    taken && seems === 'absent' ? 'unknown' : seems;
