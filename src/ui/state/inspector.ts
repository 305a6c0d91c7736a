import type { WalletCall } from '../../messaging/client.ts';
import type { ReplyOf } from '../../messaging/contract.ts';
import { createLoader, type Loader } from './remote.ts';

export type Inspection = ReplyOf<'inspector.read'>;

/** The last requests as they were signed and answered. The background keeps them, in memory only. */
export interface InspectorState extends Loader<Inspection> {
  /** Off drops what was seen. */
  switch(on: boolean): Promise<void>;
}

export function createInspector(call: WalletCall, now: () => number = Date.now): InspectorState {
  const loader = createLoader<Inspection>(async () => ({
    value: await call('inspector.read', {}),
    at: now(),
  }));
  return {
    ...loader,
    async switch(on) {
      await call('inspector.switch', { on });
      // A look that was under way may tell of how it was before.
      await loader.refresh();
      await loader.refresh();
    },
  };
}
