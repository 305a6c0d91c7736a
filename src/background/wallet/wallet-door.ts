import * as v from 'valibot';
import { AppError, invalid } from '../../core/errors.ts';
import { pathOf } from '../../exchange/schema.ts';
import {
  type WalletHandlers,
  type WalletMethod,
  walletContract,
} from '../../messaging/contract.ts';
import type { Door } from '../router.ts';

const isMethod = (name: string): name is WalletMethod => Object.hasOwn(walletContract, name);

/** What may be asked of a locked vault: what opens, replaces or erases it, and settings. The vault guards the rest of it. */
const worksLocked = (method: WalletMethod): boolean => /^(session|settings)\./.test(method);

/**
 * The door of Buckle's own pages: decodes by the contract, makes sure that the vault is open, then hands over.
 * @throws UNSUPPORTED for a method that is not in the contract, INVALID_INPUT for a request that does not fit it, LOCKED.
 */
export function createWalletDoor(
  handlers: WalletHandlers,
  isUnlocked: () => Promise<boolean>,
): Door {
  return async (method, request) => {
    if (!isMethod(method)) throw new AppError('UNSUPPORTED', { method: 'unknown' });
    const decoded = v.safeParse(walletContract[method].request, request);
    if (!decoded.success) throw invalid(pathOf(decoded.issues[0]), 'wrong-type');
    if (!worksLocked(method) && !(await isUnlocked())) throw new AppError('LOCKED', undefined);
    // The contract pairs each method with its decoder and its handler; the compiler cannot see that through a union.
    const handle = handlers[method] as (request: unknown) => Promise<unknown>;
    return handle(decoded.output);
  };
}
