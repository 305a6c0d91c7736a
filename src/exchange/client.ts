import type * as v from 'valibot';
import { canonicalBatch, canonicalString, isList, type Params } from '../core/canonical.ts';
import { AppError, invalid, isAppError } from '../core/errors.ts';
import { type Signer, signedHeaders } from '../core/signing.ts';
import { contentOf, isExpired, type RawAnswer } from './answer.ts';
import { type Clock, type ClockDependencies, createClock } from './clock.ts';
import type { Entry } from './instructions/entry.ts';
import { type AnswerOf, instructions, type ReadInstruction } from './instructions/index.ts';
import { type PublicAnswer, type PublicName, publicData } from './public.ts';
import { type Asker, type RateBucket, TIME_RANGES } from './rate.ts';
import { decodeParams } from './schema.ts';

export const API = 'https://api.backpack.exchange';
const READ_TIMEOUT = 10_000;
const SEND_TIMEOUT = 15_000;
/** A person waits for an order to be stamped: rather an older offset than a stale price. */
const TIME_TIMEOUT = 3_000;
const ATTEMPTS = 3;
/** After a 429 that does not say how long. */
const PAUSE = 1_000;

/** On whose behalf a request is signed. `apiKey` is base64 of the public key. */
export interface Identity {
  apiKey: string;
  sign: Signer;
}

/** A signed request that has not left yet. Its timestamp is already ticking. */
export interface Stamped {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** Unix ms of the exchange's clock. */
  timestamp: number;
  window: number;
  watched: Watched;
}

/** A signed request as it leaves. `signature` is there to be recognised in an answer, never to be kept. */
export interface Watched {
  instruction: string;
  method: string;
  path: string;
  signedText: string;
  signature: string;
}

/** How it ended: with an answer, or without one. */
export type Ended = Pick<RawAnswer, 'status' | 'text'> | { failure: string };

/** Told of each signed request as it leaves; what it returns is told of its end. */
export type Watch = (request: Watched) => ((ended: Ended) => void) | undefined;

export interface SignRequest {
  instruction: string;
  entry: Entry;
  /** A list of them is one request with them all, where the entry has a `batch`. */
  params: Params | readonly Params[];
  /** Validity in ms. */
  window: number;
}

/** What a frame that opens private streams carries: API key, signature, timestamp, window. */
export type StreamSignature = readonly [string, string, string, string];

export interface Exchange {
  /** A signed read: retried with backoff, decoded. `total` is how many there are in all pages. */
  read<I extends ReadInstruction>(
    identity: Identity,
    instruction: I,
    params: Params,
    options: { window: number; asker: Asker },
  ): Promise<{ answer: AnswerOf<I>; total?: number }>;
  /** Public data: retried with backoff, decoded. */
  market<N extends PublicName>(name: N, params: Params): Promise<PublicAnswer<N>>;
  /** Waits for the request's turn, then stamps and signs it. The caller writes it down, then transmits it. */
  stamp(identity: Identity, request: SignRequest, asker: Asker): Promise<Stamped>;
  /** Stamps and signs what opens private streams. No stream is named in it. */
  signStreams(identity: Identity, window: number, asker: Asker): Promise<StreamSignature>;
  /** The frame that opens private streams on a socket of Buckle's own, signed, and whom to tell what became of it. */
  subscription(
    identity: Identity,
    streams: readonly string[],
    window: number,
  ): Promise<{ frame: string; ended: (ended: Ended) => void }>;
  /** Sends it, once. @throws NETWORK if the connection failed at any point: then its fate is unknown. */
  transmit(stamped: Stamped): Promise<RawAnswer>;
  clock: Clock;
}

/** What is looked at of a response. */
export type Answered = Pick<Response, 'status' | 'headers' | 'text'>;

export interface ExchangeDependencies {
  fetch: (url: string, init: RequestInit) => Promise<Answered>;
  now: () => number;
  monotonic: ClockDependencies['monotonic'];
  sleep: (ms: number) => Promise<void>;
  /** 0 to 1, for jitter. */
  random: () => number;
  online: () => boolean;
  /** Whether the browser lets Buckle reach the exchange: a person can take that back. */
  allowed?: () => Promise<boolean>;
  rate: RateBucket;
  clockMemory: ClockDependencies['memory'];
  watch?: Watch;
}

/** Trying again would not help. */
const FINAL: ReadonlySet<string> = new Set(['offline', 'forbidden']);

/** Params as the URL carries them. The signed text holds the same values unescaped. */
function query(params: Params): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value !== null && value !== undefined) search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** How long a 429 asks to wait, in ms, if it says so; never more than ten seconds. */
function retryAfter({ headers }: RawAnswer): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0) * 1000, 10_000) : undefined;
}

export function createExchange(deps: ExchangeDependencies): Exchange {
  const { now, sleep, random, rate } = deps;

  /** @throws NETWORK: what would leave now would not arrive, which is certain as nothing else about a connection is. */
  const assertAllowed = async (): Promise<void> => {
    if ((await deps.allowed?.()) === false) throw new AppError('NETWORK', { kind: 'forbidden' });
  };

  const fetchOnce = async (url: string, init: RequestInit, timeout: number): Promise<RawAnswer> => {
    const signal = AbortSignal.timeout(timeout);
    try {
      const response = await deps.fetch(url, {
        ...init,
        signal,
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch (cause) {
      if (!deps.online()) throw new AppError('NETWORK', { kind: 'offline' }, { cause });
      await assertAllowed();
      throw new AppError('NETWORK', { kind: signal.aborted ? 'timeout' : 'connection' }, { cause });
    }
  };

  const fetchWatched = async (
    { watched }: Stamped,
    url: string,
    init: RequestInit,
    timeout: number,
  ): Promise<RawAnswer> => {
    const ended = deps.watch?.(watched);
    try {
      const raw = await fetchOnce(url, init, timeout);
      ended?.(raw);
      return raw;
    } catch (error) {
      ended?.({ failure: isAppError(error, 'NETWORK') ? error.data.kind : 'connection' });
      throw error;
    }
  };

  /** How long until a read may be tried again, or `undefined` if trying again would not help. */
  const retryIn = (attempt: number, raw: RawAnswer | undefined): number | undefined => {
    if (attempt + 1 >= ATTEMPTS) return undefined;
    const backoff = 300 * 2 ** attempt * (1 + random());
    if (raw === undefined || raw.status >= 500) return backoff;
    if (raw.status !== 429) return undefined;
    return retryAfter(raw) ?? backoff * 4;
  };

  /** Reads change nothing, so they may be tried again; each attempt is stamped anew. */
  const repeat = async (
    key: string,
    asker: Asker,
    attemptOnce: () => Promise<RawAnswer>,
  ): Promise<RawAnswer> => {
    for (let attempt = 0; ; attempt += 1) {
      await rate.take(key, asker);
      let raw: RawAnswer | undefined;
      let failure: unknown;
      try {
        raw = await attemptOnce();
      } catch (error) {
        if (!isAppError(error, 'NETWORK') || FINAL.has(error.data.kind)) throw error;
        failure = error;
      }
      const wait = retryIn(attempt, raw);
      if (wait === undefined) {
        if (raw === undefined) throw failure;
        return raw;
      }
      if (raw?.status === 429) rate.pause(key, wait);
      await sleep(wait);
    }
  };

  const market: Exchange['market'] = async (name, params) => {
    const { path, params: schema, answer } = publicData[name];
    const url = `${API}${path}${query(decodeParams(schema as v.GenericSchema<unknown, Params>, params))}`;
    const raw = await repeat(name === 'klines' ? TIME_RANGES : 'public', 'wallet', () =>
      fetchOnce(url, { method: 'GET' }, READ_TIMEOUT),
    );
    return contentOf(raw, answer) as PublicAnswer<typeof name>;
  };

  const clock = createClock({
    now,
    monotonic: deps.monotonic,
    serverTime: async () => {
      const { path, answer } = publicData.time;
      return contentOf(await fetchOnce(API + path, { method: 'GET' }, TIME_TIMEOUT), answer);
    },
    memory: deps.clockMemory,
  });

  const serverNow = async (): Promise<number> => Math.round(now() + (await clock.offset()));

  const stamped = async (identity: Identity, request: SignRequest): Promise<Stamped> => {
    const { instruction, entry, params, window } = request;
    const timestamp = await serverNow();
    const signedText = isList(params)
      ? canonicalBatch(instruction, params, timestamp, window)
      : canonicalString(instruction, params, timestamp, window);
    const signature = await identity.sign(signedText);
    const headers = signedHeaders(identity.apiKey, signature, timestamp, window);
    const { method } = entry;
    const path = isList(params) ? entry.batch?.path : entry.path;
    if (path === undefined) throw invalid('instruction', 'unknown-key');
    const watched = { instruction, method, path, signedText, signature };
    const shared = { method, timestamp, window, watched };
    if (method === 'GET' && !isList(params))
      return { ...shared, headers, url: API + path + query(params) };
    return {
      ...shared,
      url: API + path,
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(params),
    };
  };

  const signedStreams = async ({ apiKey, sign }: Identity, window: number, asker: Asker) => {
    await rate.take(apiKey, asker);
    const timestamp = await serverNow();
    const signedText = canonicalString('subscribe', {}, timestamp, window);
    const signed = await sign(signedText);
    const signature: StreamSignature = [apiKey, signed, String(timestamp), String(window)];
    return { signedText, signature };
  };

  const read: Exchange['read'] = async (identity, instruction, params, { window, asker }) => {
    const entry: Entry = instructions[instruction];
    const checked = decodeParams(entry.params, params);
    const attempt = async () => {
      const raw = await repeat(identity.apiKey, asker, async () => {
        const request = { instruction, entry, params: checked, window };
        const ready = await stamped(identity, request);
        const { url, method, headers } = ready;
        return fetchWatched(ready, url, { method, headers }, READ_TIMEOUT);
      });
      const answer = contentOf(raw, entry.answer) as AnswerOf<typeof instruction>;
      const total = Number(raw.headers.get('x-total') ?? Number.NaN);
      return { answer, ...(Number.isSafeInteger(total) ? { total } : {}) };
    };
    try {
      return await attempt();
    } catch (error) {
      if (!isExpired(error)) throw error;
      const offsetMs = await clock.refresh();
      return attempt().catch((second) => {
        throw isExpired(second) ? new AppError('CLOCK_SKEW', { offsetMs }) : second;
      });
    }
  };

  return {
    read,
    market,
    clock,
    async stamp(identity, request, asker) {
      // Before stamping: a request that waits for its turn must not grow old meanwhile.
      await rate.take(identity.apiKey, asker);
      await assertAllowed();
      return stamped(identity, request);
    },
    signStreams: async (identity, window, asker) =>
      (await signedStreams(identity, window, asker)).signature,
    async subscription(identity, streams, window) {
      const { signedText, signature } = await signedStreams(identity, window, 'wallet');
      const method = 'SUBSCRIBE';
      const watched = { instruction: 'subscribe', method, path: streams.join(' '), signedText };
      const ended = deps.watch?.({ ...watched, signature: signature[1] });
      const frame = JSON.stringify({ method, params: streams, signature });
      return { frame, ended: (how) => ended?.(how) };
    },
    async transmit(ready) {
      const { method, url, headers, body } = ready;
      const init = { method, headers, ...(body === undefined ? {} : { body }) };
      const raw = await fetchWatched(ready, url, init, SEND_TIMEOUT);
      if (raw.status === 429) rate.pause(headers['X-API-Key'] ?? '', retryAfter(raw) ?? PAUSE);
      return raw;
    },
  };
}
