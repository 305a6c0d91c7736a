import type { CDPSession } from 'playwright';

interface Target {
  targetId: string;
  url: string;
}
/** Commands that Playwright has no types for. */
type Send = (method: string, params: unknown) => Promise<{ targetInfos: Target[] }>;

/** Presses an extension's button in the toolbar for the tab that shows this address; its popup opens over it. */
export async function pressAction(session: CDPSession, id: string, url: string): Promise<void> {
  const send = session.send.bind(session) as unknown as Send;
  const { targetInfos } = await send('Target.getTargets', { filter: [{ type: 'tab' }] });
  const tab = targetInfos.find((target) => target.url === url);
  if (!tab) throw new Error(`no tab shows ${url}`);
  await send('Extensions.triggerAction', { id, targetId: tab.targetId });
}
