import type { Surface } from '../drivers/driver.ts';

type Reply = { ok: true; value: unknown } | { ok: false; error: unknown };

/** What the background answers to a page of Buckle's, as its screens ask it. For what no screen shows. */
export const ask = (surface: Surface, method: string, request: object): Promise<Reply> =>
  surface.evaluate<Reply>(
    `(method, request) => (globalThis.browser ?? globalThis.chrome).runtime.sendMessage(
      { channel: 'buckle-wallet', method, request },
    )`,
    method,
    request,
  );

/** The value of an answer. @throws with the error that was answered instead */
export async function answerTo<T>(surface: Surface, method: string, request: object): Promise<T> {
  const reply = await ask(surface, method, request);
  if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.error)}`);
  return reply.value as T;
}
