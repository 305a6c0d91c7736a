import type * as v from 'valibot';
import { invalid } from '../../core/errors.ts';
import { account } from './account.ts';
import { borrowLend } from './borrow-lend.ts';
import { capital } from './capital.ts';
import type { Entry, Scope } from './entry.ts';
import { history } from './history.ts';
import { orders } from './orders.ts';
import { positions } from './positions.ts';
import { rfq } from './rfq.ts';
import { strategies } from './strategies.ts';
import { vaults } from './vaults.ts';

/** THE table: every authenticated instruction once. Nothing else lists them. */
export const instructions = {
  ...account,
  ...capital,
  ...orders,
  ...positions,
  ...borrowLend,
  ...rfq,
  ...strategies,
  ...vaults,
  ...history,
};

export type Instruction = keyof typeof instructions;
export type ParamsOf<I extends Instruction> = v.InferOutput<(typeof instructions)[I]['params']>;
export type AnswerOf<I extends Instruction> = v.InferOutput<(typeof instructions)[I]['answer']>;

type OfScope<S extends Scope> = {
  [I in Instruction]: (typeof instructions)[I]['scope'] extends S ? I : never;
}[Instruction];

/** Instructions that change nothing. */
export type ReadInstruction = OfScope<'read'>;

/** Instructions that change something: they go through the corridor. Those for Buckle alone are not among them. */
export type ChangingInstruction = OfScope<Exclude<Scope, 'read' | 'internal'>>;

export const isRead = (name: string): name is ReadInstruction =>
  isInstruction(name) && instructions[name].scope === 'read';

export const isChanging = (name: string): name is ChangingInstruction => {
  const scope = isInstruction(name) ? instructions[name].scope : 'internal';
  return scope !== 'read' && scope !== 'internal';
};

/** Is this the name of an entry? `constructor` and its like are not. */
export const isInstruction = (name: string): name is Instruction =>
  Object.hasOwn(instructions, name);

/** The entry of that name. @throws INVALID_INPUT at `instruction` for a name that is not in the table. */
export function entryOf(name: string): Entry {
  if (!isInstruction(name)) throw invalid('instruction', 'unknown-key');
  return instructions[name];
}
