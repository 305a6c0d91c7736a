import { describe, expect, it } from 'vitest';
import { createDelivery } from '../../../../src/background/pages/delivery.ts';
import type { Ticket } from '../../../../src/background/pages/tickets.ts';
import { createFakeBrowser } from '../fake-browser.ts';

const DESK = 'https://desk.example';
const CALL = '7b0c6f39-7f0d-4d0e-9a6b-0c2b62a1a001';
const never = () => new Promise<void>(() => undefined);

function setUp() {
  const { browser, sites } = createFakeBrowser();
  sites.granted.add(`${DESK}/*`);
  const page = sites.open(1, `${DESK}/trade`);
  const ticket = { tab: 1, document: page.documentId, origin: DESK, call: CALL, turn: 1 } as Ticket;
  const delivery = createDelivery({ tabs: browser.tabs as never, sleep: never });
  return { page, ticket, delivery, sites, browser };
}

describe('an answer that is pushed', () => {
  it('reaches the very document, and says whether its bridge has it', async () => {
    const { page, ticket, delivery } = setUp();
    const reply = { ok: true, value: 5 } as const;
    expect(await delivery.push(ticket, reply)).toBe(true);
    expect(page.heard).toEqual([{ channel: 'buckle-site-answer', id: CALL, reply }]);
    page.answer = () => undefined;
    expect(await delivery.push(ticket, reply)).toBe(false);
  });

  it('and word that a call may leave, the same', async () => {
    const { page, ticket, delivery } = setUp();
    expect(await delivery.tellDecided(ticket)).toBe(true);
    expect(page.heard).toEqual([{ channel: 'buckle-site-answer', id: CALL, turn: 2 }]);
    page.answer = undefined;
    expect(await delivery.tellDecided(ticket)).toBe(false);
  });

  it('R14: never reaches the document that took its place', async () => {
    const { ticket, delivery, sites } = setUp();
    const next = sites.open(1, `${DESK}/trade`);
    expect(await delivery.push(ticket, { ok: true, value: 5 })).toBe(false);
    expect(await delivery.isThere(ticket)).toBe(false);
    expect(next.heard).toEqual([]);
  });

  it('where the browser names no documents it must be the same origin still', async () => {
    const { page, ticket, delivery, sites } = setUp();
    const { document: _, ...unnamed } = ticket;
    expect(await delivery.push(unnamed, { ok: true, value: 5 })).toBe(true);
    page.url = 'https://other.example/';
    sites.granted.add('https://other.example/*');
    expect(await delivery.push(unnamed, { ok: true, value: 6 })).toBe(false);
    expect(page.heard).toHaveLength(1);
  });

  it('does not wait for a page that the browser has frozen', async () => {
    const { ticket, browser } = setUp();
    const frozen = { ...browser.tabs, sendMessage: never } as never;
    const delivery = createDelivery({ tabs: frozen, sleep: async () => undefined });
    expect(await delivery.push(ticket, { ok: true, value: 5 })).toBe(false);
    // Nobody says that it is gone.
    expect(await delivery.isThere(ticket)).toBe(true);
  });
});
