import * as v from 'valibot';
import type { Ended } from '../../exchange/client.ts';
import { balanceUpdateFrame, positionUpdateFrame } from '../../exchange/streams/account-frames.ts';
import type {
  After,
  Connection,
  ConnectionDependencies,
  ConnectionState,
} from '../../exchange/streams/connection.ts';
import { orderUpdateFrame } from '../../exchange/streams/order-frame.ts';
import type { WalletEvent } from '../../messaging/contract.ts';
import type { LiveState } from '../../messaging/live.ts';
import type { Batches } from './event-batches.ts';

/** Opens a connection to the exchange's streams. */
export type Connect = (
  parts: Pick<ConnectionDependencies, 'subscribe' | 'heard' | 'changed' | 'refused'>,
) => Connection;

/** A signed subscription that has not left yet, and who is to be told what became of it. */
export interface Subscription {
  frame: string;
  ended: (ended: Ended) => void;
}

/** What of an account is on screen. */
const ACCOUNT_STREAMS = [
  'account.orderUpdate',
  'account.positionUpdate',
  'account.balanceUpdate',
] as const;

/** A market that is always traded: its ticker tells that the line is alive. */
const PULSE = JSON.stringify({ method: 'SUBSCRIBE', params: ['ticker.SOL_USDC'] });

/** An update that cannot be read is made up for by a read, but not by one for each. */
const REPAIR_APART_MS = 5_000;

/** HTTP's word for what becomes a WebSocket: the exchange itself has none for a subscription that stands. */
const SWITCHED = 101;

export interface AccountStream {
  readonly state: LiveState;
  hurry(): void;
  close(): void;
}

/**
 * An account's private streams, on a socket of their own: an update does not say whose it is, and an error not what it is
 * about, so nothing else is heard there but the pulse.
 */
export function createAccountStream(
  account: string,
  deps: {
    connect: Connect;
    /** Signed afresh. @throws LOCKED, INVALID_INPUT if there is no such account, NETWORK. */
    signed: (account: string, streams: readonly string[]) => Promise<Subscription>;
    batches: Batches;
    after: After;
  },
): AccountStream {
  const { batches, after } = deps;
  let ended: Subscription['ended'] = () => undefined;
  let cancelRepair: (() => void) | undefined;

  const end = (how: Ended): void => {
    ended(how);
    ended = () => undefined;
  };
  const tell = (state: LiveState): void => {
    const repair = state === 'live' ? { repair: true } : {};
    batches.add(`live/${account}`, () => ({ name: 'live', account, state, ...repair }));
  };
  const changed = (state: ConnectionState): void => {
    if (state === 'live') end({ status: SWITCHED, text: '' });
    if (state === 'down') end({ failure: 'connection' });
    tell(state);
  };
  const repair = (): void => {
    if (cancelRepair || connection.state !== 'live') return;
    cancelRepair = after(REPAIR_APART_MS, () => {
      cancelRepair = undefined;
    });
    tell('live');
  };

  /** Reads one kind of update, and gathers what of it is told at once. */
  const gather = <S extends v.GenericSchema>(
    kind: string,
    schema: S,
    event: (updates: v.InferOutput<S>[]) => WalletEvent,
  ): [string, (data: unknown) => void] => {
    const waiting: v.InferOutput<S>[] = [];
    const take = (data: unknown): void => {
      const read = v.safeParse(schema, data);
      if (read.success) {
        waiting.push(read.output);
        batches.add(`${kind}/${account}`, () => event(waiting.splice(0)));
      } else {
        repair();
      }
    };
    return [kind, take];
  };
  const readers = new Map([
    gather('orderUpdate', orderUpdateFrame, (updates) => ({
      name: 'liveOrders',
      account,
      updates,
    })),
    gather('positionUpdate', positionUpdateFrame, (updates) => ({
      name: 'livePositions',
      account,
      updates,
    })),
    gather('balanceUpdate', balanceUpdateFrame, (updates) => ({
      name: 'liveBalances',
      account,
      updates,
    })),
  ]);

  const connection = deps.connect({
    async subscribe() {
      const signed = await deps.signed(account, ACCOUNT_STREAMS);
      ended = signed.ended;
      return [signed.frame, PULSE];
    },
    heard(stream, data) {
      const [zone, kind = ''] = stream.split('.', 2);
      if (zone === 'account') readers.get(kind)?.(data);
    },
    changed,
    refused: (code, text) => end({ status: code, text }),
  });
  return {
    get state() {
      return connection.state;
    },
    hurry: () => connection.hurry(),
    close() {
      cancelRepair?.();
      connection.close();
    },
  };
}
