import { API } from '../../exchange/client.ts';

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One fetch, as the browser's resource timing tells of it afterwards. */
interface Timing {
  name: string;
  /** `h2`, `h3`, `http/1.1`; empty if the browser does not say. */
  nextHopProtocol: string;
}

export interface TransportDependencies {
  fetch: Fetch;
  /** Can this browser send a body that is a stream? Firefox cannot. */
  streams: boolean;
  /** Calls back for each fetch that has ended. */
  onTiming: (listener: (timing: Timing) => void) => void;
  /** Outlives this worker, not the browser. */
  memory: { get(): Promise<string | undefined>; set(protocol: string): Promise<void> };
}

const LENGTH_REQUIRED = 411;
const MULTIPLEXED = /^(?:h2|h3)/;
/** Kept in place of a protocol: something on the way takes no streams. */
const NO_STREAMS = 'no-streams';

/** A refusal that is not in the exchange's own form may be about ours: whoever spoke may not take a body without a length. */
const isAboutForm = ({ status, headers }: Response): boolean =>
  status >= 400 && status <= 499 && !/\bjson\b/.test(headers.get('content-type') ?? '');

/**
 * A fetch whose requests the browser cannot send twice. A browser that loses a connection before any answer sends the request
 * again by itself, an order too: Chromium does it on HTTP/2 as well, where no header keeps it from that. A body that is a stream
 * it cannot send again. It takes one over HTTP/2 and above only, so what the exchange speaks is learnt from the reads. Where a
 * stream is not taken, text is sent from then on: a person must be able to trade.
 */
export function createTransport({
  fetch,
  streams,
  onTiming,
  memory,
}: TransportDependencies): Fetch {
  let protocol: string | undefined;

  const learn = (next: string): void => {
    if (next === protocol || protocol === NO_STREAMS) return;
    protocol = next;
    // Only a convenience for the next worker, which would learn it again.
    memory.set(next).catch(() => undefined);
  };
  /** With the first fetch, not before: a worker that only signs has no use for it. */
  const begin = async (): Promise<void> => {
    const known = await memory.get().catch(() => undefined);
    if (known === NO_STREAMS || protocol === undefined) protocol = known;
    onTiming(({ name, nextHopProtocol }) => {
      if (name.startsWith(API) && nextHopProtocol !== '') learn(nextHopProtocol);
    });
  };
  let begun: Promise<void> | undefined;

  return async (url, init) => {
    begun ??= begin();
    await begun;
    const mayStream = streams && MULTIPLEXED.test(protocol ?? '');
    if (typeof init.body !== 'string' || !mayStream) return fetch(url, init);
    const once = { ...init, body: new Blob([init.body]).stream(), duplex: 'half' };
    const response = await fetch(url, once);
    const lengthRequired = response.status === LENGTH_REQUIRED;
    if (lengthRequired || isAboutForm(response)) learn(NO_STREAMS);
    // Refused for its form alone and for certain not looked at.
    return lengthRequired ? fetch(url, init) : response;
  };
}

/** Listens to how this worker's fetches went, those before it included. */
export function onFetchTiming(listener: (timing: Timing) => void): void {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry instanceof PerformanceResourceTiming) listener(entry);
    }
    // They are of no use any more, and would be kept.
    performance.clearResourceTimings();
  }).observe({ type: 'resource', buffered: true });
}
