import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { believesUndecided, createSiteWorld, ORDER } from '../site-world.ts';
import { createLife } from '../world.ts';

const send = { instruction: 'orderExecute', params: ORDER };

it('what a worker opened again meanwhile is not carried out while its page takes it for undecided', async () => {
  let carriedOut = 0;
  for (let step = 1; step < 40; step += 1) {
    const world = createSiteWorld();
    const { state, start, open, ask } = world;
    const page = open(1);
    const call = randomUUID();
    const beliefs: boolean[] = [];
    state.beforeSigning = () => beliefs.push(believesUndecided(page, call));
    const first = start();
    await ask(first, page, 'send', send, call);
    const [shown] = await first.approvals.list();
    if (shown === undefined) throw new Error('nothing to approve');
    const life = createLife(step);
    const second = start(life);
    await Promise.race([second.approvals.approve(shown.ticket, shown.digest, {}), life.died]);
    if (!life.isOver) break;

    // The window asks the next worker at once, and so does the page's bridge.
    const third = start();
    state.whileAsked = async () => {
      state.whileAsked = async () => undefined;
      await third.approvals.resume();
      await ask(third, page, 'send', send, call);
    };
    await third.approvals.approve(shown.ticket, shown.digest, {}).catch(() => undefined);
    carriedOut += beliefs.length;
    expect(beliefs).not.toContain(true);
    expect(world.executed.length).toBeLessThanOrEqual(1);
  }
  expect(carriedOut).toBeGreaterThan(2);
});
