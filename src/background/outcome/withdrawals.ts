import type { Params } from '../../core/canonical.ts';
import { isAppError } from '../../core/errors.ts';
import type { Withdrawal } from '../../exchange/transfer-types.ts';
import { sameAddress } from '../../policy/addresses.ts';
import {
  earliest,
  type Find,
  type Finding,
  isOfItsTime,
  type Reads,
  read,
  sameAmount,
  timeOf,
} from './finding.ts';

/** A history page, and how many of them are searched. */
const PAGE = 1000;
const MAX_PAGES = 5;

/** Does it move what `params` ask for to where they say? Whose it is and when it was made are not looked at. */
const movesTheSame = (params: Params, { symbol, quantity, toAddress, blockchain }: Withdrawal) =>
  symbol === params.symbol &&
  sameAmount(params.quantity, quantity) &&
  typeof toAddress === 'string' &&
  sameAddress(String(params.address), toAddress) &&
  // The exchange writes the names of chains in two ways.
  (blockchain ?? String(params.blockchain)).toLowerCase() ===
    String(params.blockchain).toLowerCase();

/** Is this withdrawal what `params` ask for, under their client id? */
export const isAskedWithdrawal = (params: Params, withdrawal: Withdrawal): boolean =>
  withdrawal.clientId === params.clientId && movesTheSame(params, withdrawal);

/** By client id alone; empty where the exchange does not know that filter, which is a late addition of its API. */
async function underClientId(reads: Reads, clientId: string): Promise<readonly Withdrawal[]> {
  try {
    return await read(reads, 'withdrawalQueryAll', { clientId, limit: PAGE });
  } catch (error) {
    if (isAppError(error, 'EXCHANGE') && error.data.status === 400) return [];
    throw error;
  }
}

/** All since `from`. `isWhole`: none was left out. */
async function since(
  reads: Reads,
  from: number,
): Promise<{ past: readonly Withdrawal[]; isWhole: boolean }> {
  const past: Withdrawal[] = [];
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const params = { from, limit: PAGE, offset: page * PAGE };
    const answer = await read(reads, 'withdrawalQueryAll', params);
    past.push(...answer);
    if (answer.length < PAGE) return { past, isWhole: true };
  }
  return { past, isWhole: false };
}

const placed = ({ id }: Withdrawal): Finding => ({ is: { outcome: 'placed', withdrawalId: id } });

/** By client id; where the exchange tells none, by address, asset, quantity and time, if there is but one such. */
export const findWithdrawn: Find = async (reads, entry, others) => {
  const { params } = entry;
  const isOurs = (row: Withdrawal): boolean =>
    isOfItsTime(entry, timeOf(row.createdAt)) && !others.has(row.id);
  const named = (await underClientId(reads, String(params.clientId))).filter(isOurs);
  const direct = named.find((row) => isAskedWithdrawal(params, row));
  if (direct) return placed(direct);
  const { past, isWhole } = await since(reads, earliest(entry));
  const ours = past.filter(isOurs);
  const found = ours.find((row) => isAskedWithdrawal(params, row));
  if (found) return placed(found);
  // Something under our client id that is not what was asked for proves nothing either way.
  if ([...named, ...ours].some(({ clientId }) => clientId === params.clientId)) {
    return { seems: 'unknown' };
  }
  const [twin, ...more] = ours.filter((row) => row.clientId == null && movesTheSame(params, row));
  if (twin && more.length === 0) return placed(twin);
  const isOpen = twin !== undefined || !isWhole || entry.outcome === 'pending';
  return { seems: isOpen ? 'unknown' : 'absent' };
};
