/** Something to look for. */
export interface Needle {
  /** "API secret: hex, UTF-16LE, first half". */
  name: string;
  bytes: Uint8Array;
}

/** Looks for many needles in one pass. */
export class Searcher {
  readonly shortest: number;
  readonly #starts = new Uint8Array(65_536);
  readonly #byStart = new Map<number, Needle[]>();

  constructor(needles: readonly Needle[]) {
    this.shortest = Math.min(...needles.map(({ bytes }) => bytes.length));
    if (this.shortest < 4) throw new Error('a needle this short is found everywhere');
    for (const needle of needles) {
      const start = (needle.bytes[0] ?? 0) | ((needle.bytes[1] ?? 0) << 8);
      this.#starts[start] = 1;
      const same = this.#byStart.get(start);
      if (same) same.push(needle);
      else this.#byStart.set(start, [needle]);
    }
  }

  /** Calls back for every needle that is there, at least once. */
  find(hay: Uint8Array, found: (needle: Needle) => void): void {
    const starts = this.#starts;
    const last = hay.length - this.shortest;
    for (let at = 0; at <= last; at++) {
      const start = (hay[at] ?? 0) | ((hay[at + 1] ?? 0) << 8);
      if (starts[start] === 0) continue;
      for (const needle of this.#byStart.get(start) ?? []) {
        if (isAt(needle.bytes, hay, at)) found(needle);
      }
    }
  }
}

function isAt(needle: Uint8Array, hay: Uint8Array, at: number): boolean {
  if (at + needle.length > hay.length) return false;
  for (let index = 2; index < needle.length; index++) {
    if (needle[index] !== hay[at + index]) return false;
  }
  return true;
}
