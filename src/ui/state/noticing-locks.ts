import { isAppError } from '../../core/errors.ts';
import type { WalletCall } from '../../messaging/client.ts';

/** A call that is answered LOCKED tells of a lock that this surface has not heard of yet. */
export function noticingLocks(call: WalletCall, onLocked: () => void): WalletCall {
  return (method, request) =>
    call(method, request).catch((error: unknown) => {
      if (isAppError(error, 'LOCKED') && method !== 'session.open') onLocked();
      throw error;
    });
}
