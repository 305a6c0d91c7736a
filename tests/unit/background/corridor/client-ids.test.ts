import { expect, it } from 'vitest';
import { createClientIds } from '../../../../src/background/corridor/client-ids.ts';
import { anyRequest } from '../../../../src/background/corridor/request.ts';
import { listOf } from '../../../../src/core/canonical.ts';
import { limit, orderWorld } from '../order-world.ts';
import { ACCOUNT } from '../world.ts';

/** Completes a batch where chance gives these numbers one after the other. */
async function completed(drawn: readonly number[], orders: readonly object[]): Promise<unknown[]> {
  const { start } = await orderWorld();
  const left = [...drawn];
  const { complete } = createClientIds({
    journal: start().journal,
    randomId: () => crypto.randomUUID(),
    randomU32: () => left.shift() ?? 0,
  });
  const { params } = await complete(ACCOUNT, anyRequest('orderExecute', orders));
  return listOf(params).map(({ clientId }) => clientId);
}

it('gives no order the client id of another one of its batch, given or drawn', async () => {
  expect(await completed([5, 5, 6], [limit, limit])).toEqual([5, 6]);
  expect(await completed([5, 6], [limit, { ...limit, clientId: 5 }])).toEqual([6, 5]);
});
