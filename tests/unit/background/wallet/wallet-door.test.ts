import { describe, expect, it } from 'vitest';
import { createWalletDoor } from '../../../../src/background/wallet/wallet-door.ts';
import { isAppError } from '../../../../src/core/errors.ts';
import type { WalletHandlers } from '../../../../src/messaging/contract.ts';

// No handler is reached: the contract refuses each request first.
const door = createWalletDoor({} as WalletHandlers, async () => true);
const SECRET = 'hunter2 hunter2';

describe("the door of Buckle's own pages", () => {
  it.each([
    ['requests.prepare', { account: 'x', instruction: 'y', params: {} }, 'account'],
    ['exchange.market', { name: 'time', params: {} }, 'name'],
    ['exchange.market', { name: 'markets', params: { [SECRET]: {} } }, 'params.?'],
    ['session.unlock', { password: 'long enough', [SECRET]: 1 }, '?'],
  ])(
    'R2: names what is wrong with %s, never what somebody typed',
    async (method, request, path) => {
      const error = await door(method, request).catch((thrown: unknown) => thrown);
      expect(isAppError(error, 'INVALID_INPUT') && error.data).toEqual({
        path,
        reason: 'wrong-type',
      });
    },
  );
});
