import type { ChangingInstruction } from '../exchange/instructions/index.ts';
import type { Find } from './outcome/finding.ts';
import { findAllCancelled, findCancelled, findPlaced } from './outcome/orders.ts';
import { findWithdrawn } from './outcome/withdrawals.ts';

/** One for each instruction that changes something; a new one without a way to know its outcome does not compile. */
const finders: Readonly<Record<ChangingInstruction, Find>> = {
  orderExecute: findPlaced,
  orderCancel: findCancelled,
  orderCancelAll: findAllCancelled,
  withdraw: findWithdrawn,
};

/** One look at the exchange for what became of a request. */
export const sweep: Find = (reads, entry, others) =>
  finders[entry.instruction](reads, entry, others);
