import { expect, it } from 'vitest';
import { createSiteLimits } from '../../../../src/background/pages/site-limits.ts';
import type { Ticket } from '../../../../src/background/pages/tickets.ts';
import { DESK, ORDER } from '../site-world.ts';

const ask = { method: 'send', params: { instruction: 'orderExecute', params: ORDER } };
const ticket = (origin = DESK): Ticket => ({ origin, ask, stage: { at: 'new' } }) as never;

it('R12: a site has a hundred calls under way at most, and none of them counts for another site', () => {
  const { admit } = createSiteLimits(() => 1);
  const all = Array.from({ length: 100 }, () => ticket());
  expect(() => admit(ticket(), all.slice(1))).not.toThrow();
  expect(() => admit(ticket(), all)).toThrow('queue-full');
  expect(() => admit(ticket('https://other.example'), all)).not.toThrow();
});
