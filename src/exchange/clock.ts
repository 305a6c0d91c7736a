/** The exchange's clock as seen from here: add `offset()` to this computer's Unix ms. */
export interface Clock {
  /** Learns the offset if none is known or the last one is old. Never throws: without an answer, the last one serves. */
  offset(): Promise<number>;
  /** Takes the last measurement from memory, and measures nothing. */
  recall(): Promise<void>;
  /** Learns it anew now, because the exchange called a timestamp expired. */
  refresh(): Promise<number>;
}

export interface Measured {
  offsetMs: number;
  /** Unix ms of this computer. */
  at: number;
}

export interface ClockDependencies {
  now: () => number;
  /** Ms from any start, which nobody can set: tells when the computer's clock was. */
  monotonic: () => number;
  /** Server's Unix ms, from `GET /api/v1/time`. */
  serverTime: () => Promise<number>;
  /** Keeps the last measurement for the next worker. */
  memory: { get(): Promise<Measured | undefined>; set(measured: Measured): Promise<void> };
}

const MAX_AGE = 5 * 60_000;
/** The two clocks of this computer may drift apart by so much before the wall clock counts as set. */
const JUMP = 500;

/**
 * The offset is taken against the moment the answer arrived, not the middle of the round trip: so a stamp is late by the
 * way back, never early. How far ahead a timestamp may lie is documented nowhere, while being a little late costs nothing.
 */
export function createClock({ now, monotonic, serverTime, memory }: ClockDependencies): Clock {
  let last: Measured | undefined;
  let measuring: Promise<number> | undefined;
  /** How far the wall clock is ahead of the other. It changes when somebody sets it, and when the computer slept. */
  const lead = (): number => now() - monotonic();
  let leadThen = lead();

  const measure = async (): Promise<number> => {
    try {
      const server = await serverTime();
      const at = now();
      last = { offsetMs: server - at, at };
      leadThen = lead();
      await memory.set(last);
    } catch {
      // The request itself will say what is wrong with the network or the exchange, and where.
      last ??= await memory.get();
    }
    return last?.offsetMs ?? 0;
  };
  const refresh = (): Promise<number> => {
    measuring ??= measure().finally(() => {
      measuring = undefined;
    });
    return measuring;
  };
  return {
    refresh,
    async recall() {
      const kept = await memory.get();
      last ??= kept;
    },
    async offset() {
      last ??= await memory.get();
      const age = last === undefined ? Number.POSITIVE_INFINITY : now() - last.at;
      const isSet = Math.abs(lead() - leadThen) > JUMP;
      return last !== undefined && age >= 0 && age < MAX_AGE && !isSet ? last.offsetMs : refresh();
    },
  };
}
