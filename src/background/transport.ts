import { API } from '../exchange/client.ts';

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

/**
 * A fetch whose requests the browser cannot send twice. A browser that loses a connection before any answer sends the request
 * again by itself, an order too: Chromium does it on HTTP/2 as well, where no header keeps it from that. A body that is a stream
 * it cannot send again. It takes one over HTTP/2 and above only, so what the exchange speaks is learnt from the reads.
 */
export function createTransport({
  fetch,
  streams,
  onTiming,
  memory,
}: TransportDependencies): Fetch {
  let protocol: string | undefined;
  let lengthRequired = false;
  onTiming(({ name, nextHopProtocol }) => {
    if (!name.startsWith(API) || nextHopProtocol === '' || nextHopProtocol === protocol) return;
    protocol = nextHopProtocol;
    // Only a convenience for the next worker, which would learn it from its first read.
    memory.set(nextHopProtocol).catch(() => undefined);
  });

  const mayStream = async (): Promise<boolean> => {
    protocol ??= await memory.get();
    return streams && !lengthRequired && MULTIPLEXED.test(protocol ?? '');
  };

  return async (url, init) => {
    if (typeof init.body !== 'string' || !(await mayStream())) return fetch(url, init);
    const once = { ...init, body: new Blob([init.body]).stream(), duplex: 'half' };
    const response = await fetch(url, once);
    if (response.status !== LENGTH_REQUIRED) return response;
    // Refused for its form and for certain not looked at.
    lengthRequired = true;
    return fetch(url, init);
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
