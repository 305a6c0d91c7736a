import type { PracticeOutcome, PracticeResponse } from './exchange.ts';

/** Something that goes wrong with requests that match. */
export interface Fault {
  method?: string;
  /** The path without its query: the whole of it, or a pattern. Every path when left out. */
  path?: string | RegExp;
  /** How many requests it spoils, 1 by default. */
  times?: number;
  /**
   * - `delay`: a good answer after `delayMs`; goes together with one other fault.
   * - `drop-before`, `drop-after`: the connection is cut before or after the request is processed.
   * - `status`: an error of that status (500 by default), with the code and text that go with it.
   * - `malformed` is broken JSON, `html` a web page, `text` plain words: status 200 unless said otherwise.
   * - `empty-202`: accepted, no body. `expired`: refused as too old.
   * - `truncated`, `wrong-types`: the real answer cut in half, or with numbers for strings and strings for numbers.
   */
  kind:
    | 'delay'
    | 'drop-before'
    | 'drop-after'
    | 'status'
    | 'malformed'
    | 'truncated'
    | 'html'
    | 'text'
    | 'empty-202'
    | 'wrong-types'
    | 'expired';
  delayMs?: number;
  status?: number;
  body?: string;
  headers?: Record<string, string>;
  /** For kinds with an answer of their own: process the request first, then answer badly. False by default. */
  afterProcessing?: boolean;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Answer a request through the faults that match it. */
  apply(method: string, path: string, process: () => PracticeResponse): PracticeOutcome;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const codes: Record<number, string> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'RESOURCE_NOT_FOUND',
  408: 'TIMEOUT',
  429: 'TOO_MANY_REQUESTS',
  500: 'SERVER_ERROR',
  503: 'MAINTENANCE',
  504: 'TIMEOUT',
};
const errorBody = (status: number): string => {
  const code = codes[status] ?? (status < 500 ? 'INVALID_CLIENT_REQUEST' : 'SERVER_ERROR');
  return JSON.stringify({ code, message: code.toLowerCase().replaceAll('_', ' ') });
};

function flipTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(flipTypes);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, flipTypes(inner)]));
  if (typeof value === 'string') return Number.isNaN(Number(value)) ? [value] : Number(value);
  return typeof value === 'number' ? String(value) : value;
}

/** The answer a fault has of its own: status, content type and body where the fault does not say them. */
function ownAnswer(kind: Fault['kind'], status: number | undefined): [number, string, string] {
  switch (kind) {
    case 'malformed':
      return [200, JSON_TYPE, '{"id":"1145758'];
    case 'html':
      return [200, 'text/html', '<!doctype html><title>Just a moment</title><p>Checking</p>'];
    case 'text':
      return [200, 'text/plain', 'upstream connect error'];
    case 'empty-202':
      return [202, JSON_TYPE, ''];
    case 'expired': {
      const refused = { code: 'INVALID_CLIENT_REQUEST', message: 'Request has expired' };
      return [400, JSON_TYPE, JSON.stringify(refused)];
    }
    default:
      return [500, JSON_TYPE, errorBody(status ?? 500)];
  }
}

function spoil(fault: Fault, process: () => PracticeResponse): PracticeResponse {
  if (fault.kind === 'truncated') {
    const answer = process();
    return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
  }
  if (fault.kind === 'wrong-types') {
    const answer = process();
    return { ...answer, body: JSON.stringify(flipTypes(JSON.parse(answer.body))) };
  }
  if (fault.afterProcessing) process();
  const [status, type, body] = ownAnswer(fault.kind, fault.status);
  return {
    status: fault.status ?? status,
    headers: { 'content-type': type, ...fault.headers },
    body: fault.body ?? body,
  };
}

export function createFaults(): Faults {
  const waiting: { fault: Fault; left: number }[] = [];

  function take(method: string, path: string, delays: boolean): Fault | undefined {
    const found = waiting.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.kind === 'delay') === delays &&
        (fault.method ?? method) === method &&
        (fault.path === undefined ||
          fault.path === path ||
          (fault.path instanceof RegExp && fault.path.test(path))),
    );
    if (found) found.left -= 1;
    return found?.fault;
  }

  return {
    add(fault) {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    clear() {
      waiting.length = 0;
    },
    apply(method, path, process) {
      const delay = take(method, path, true);
      const fault = take(method, path, false);
      const delayMs = (delay?.delayMs ?? 0) + (fault?.delayMs ?? 0);
      if (!fault) return { kind: 'response', response: process(), delayMs };
      if (fault.kind === 'drop-before') return { kind: 'dropped', delayMs };
      if (fault.kind === 'drop-after') {
        process();
        return { kind: 'dropped', delayMs };
      }
      return { kind: 'response', response: spoil(fault, process), delayMs };
    },
  };
}
