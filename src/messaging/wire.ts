import type { WireError } from '../core/errors.ts';
import type { SiteError } from './site-errors.ts';

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

/** Marks what a bridge says for its page, what answers it later, and what tells it unasked. */
export const SITE_CHANNEL = 'buckle-site';
export const SITE_ANSWER_CHANNEL = 'buckle-site-answer';
export const SITE_EVENT_CHANNEL = 'buckle-site-event';
/** Marks a message to which a bridge says nothing: that there is somebody to hear it is the answer. */
export const SITE_PING_CHANNEL = 'buckle-site-ping';

/** A page's call. `id` is the bridge's, 128 bits: the same document asking twice with one id asks once. */
export interface SiteCall {
  channel: typeof SITE_CHANNEL;
  id: string;
  method: string;
  params: unknown;
}

export type SiteOutcome = { ok: true; value: unknown } | { ok: false; error: SiteError };
/**
 * The reply to a call: its end, or that it waits. What waits is answered later, or when it is asked for again. `turn` is there
 * while nothing is decided, and odd: nothing of it has left.
 */
export type SiteReply = SiteOutcome | { waiting: true; turn?: number };

/**
 * Pushed to the document that asked, of a call that waited: its end, or that it was decided, as which it has an even `turn`, the
 * next after the one that it waited with. The bridge answers `true` once it has it. Nothing leaves before the bridge has told its
 * page that it was decided: if Buckle goes away, as by an update, the page knows what was certainly not sent.
 */
export type SiteAnswer = { channel: typeof SITE_ANSWER_CHANNEL; id: string } & (
  | { reply: SiteOutcome; turn?: undefined }
  | { turn: number; reply?: undefined }
);

/**
 * Told to every document of a connected site. `name` and `data` are those of `SiteEvents`. A tab may have gone elsewhere
 * meanwhile: a bridge drops what is not for its own `location.origin`.
 */
export interface SiteEventMessage {
  channel: typeof SITE_EVENT_CHANNEL;
  origin: string;
  name: string;
  data: unknown;
}

/** Is this a bridge's call? Says nothing about its id and its params, which are checked by their decoder. */
export const isSiteCall = (message: unknown): message is SiteCall =>
  isRecord(message) &&
  message.channel === SITE_CHANNEL &&
  typeof message.id === 'string' &&
  typeof message.method === 'string';
