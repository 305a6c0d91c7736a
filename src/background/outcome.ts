import type { ChangingInstruction } from '../exchange/instructions/index.ts';
import { findConverted, findUpdated } from './outcome/account.ts';
import { findMoved } from './outcome/borrow-lend.ts';
import type { Find } from './outcome/finding.ts';
import { findAllCancelled, findCancelled, findPlaced } from './outcome/orders.ts';
import {
  cannotBeFound,
  findAccepted,
  findQuote,
  findRfq,
  findRfqCancelled,
} from './outcome/rfq.ts';
import {
  findAllStrategiesCancelled,
  findStrategy,
  findStrategyCancelled,
} from './outcome/strategies.ts';
import { findMinted, findRedeemAsked, findRedeemCancelled } from './outcome/vaults.ts';
import { findWithdrawn } from './outcome/withdrawals.ts';

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

/** One look at the exchange for what became of a request. */
export const sweep: Find = (reads, entry, others) =>
  finders[entry.instruction](reads, entry, others);
