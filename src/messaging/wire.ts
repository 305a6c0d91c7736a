import type { WireError } from '../core/errors.ts';

/** Marks messages of Buckle's own pages, so that listeners tell them from anything else at once. */
export const WALLET_CHANNEL = 'buckle-wallet';
/** Marks what the background tells every open surface. */
export const EVENT_CHANNEL = 'buckle-event';

export interface Call {
  channel: typeof WALLET_CHANNEL;
  method: string;
  request: unknown;
}

export type Reply = { ok: true; value: unknown } | { ok: false; error: WireError };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Is this one of our pages' calls? Says nothing about its request, which is checked by its decoder. */
export const isCall = (message: unknown): message is Call =>
  isRecord(message) && message.channel === WALLET_CHANNEL && typeof message.method === 'string';

export const isReply = (message: unknown): message is Reply =>
  isRecord(message) &&
  (message.ok === true ||
    (message.ok === false && isRecord(message.error) && typeof message.error.code === 'string'));

export const isEventMessage = (
  message: unknown,
): message is { channel: typeof EVENT_CHANNEL; event: unknown } =>
  isRecord(message) && message.channel === EVENT_CHANNEL;
