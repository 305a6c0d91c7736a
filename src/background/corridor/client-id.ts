import type { Instruction } from '../../exchange/instructions/index.ts';

/** The member that holds the caller's own id, by which the outcome of an instruction with `byClientId` is found. */
export const clientIdKey = (instruction: Instruction): 'clientId' | 'clientStrategyId' =>
  instruction === 'strategyCreate' ? 'clientStrategyId' : 'clientId';
