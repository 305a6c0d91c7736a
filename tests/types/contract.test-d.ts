import { expectTypeOf, test } from 'vitest';
import type { ReadInstruction } from '../../src/exchange/instructions/index.ts';
import type { WalletCall } from '../../src/messaging/client.ts';
import type { AccountInfo, Opening, WalletHandlers } from '../../src/messaging/contract.ts';

declare const call: WalletCall;

test('a call has the types of the contract', () => {
  expectTypeOf(call('session.open', {})).resolves.toEqualTypeOf<Opening>();
  expectTypeOf(call('accounts.generate', { label: 'Main' })).resolves.toEqualTypeOf<AccountInfo>();
});

test('what is not in the contract does not compile', () => {
  // @ts-expect-error There is no such message.
  call('vault.readSeed', {});
  // @ts-expect-error The password is missing.
  call('session.unlock', {});
  // @ts-expect-error A password is text.
  call('session.unlock', { password: 5 });
});

test('a handler that is missing does not compile', () => {
  // @ts-expect-error All the other handlers are missing.
  const some: WalletHandlers = { 'session.backup': async () => ({ filename: '', text: '' }) };
  expectTypeOf(some).toEqualTypeOf<WalletHandlers>();
});

test('reads are those of the table, and nothing that changes something', () => {
  expectTypeOf<'balanceQuery'>().toExtend<ReadInstruction>();
  expectTypeOf<'orderExecute'>().not.toExtend<ReadInstruction>();
  expectTypeOf<'orderCancelAll'>().not.toExtend<ReadInstruction>();
});
