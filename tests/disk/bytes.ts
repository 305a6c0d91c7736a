/** A buffer that is used again and again, for what is decoded at every offset of large files. */
export class Output {
  #bytes = new Uint8Array(1 << 16);
  length = 0;

  /** What was written since the last `clear`; valid until the next. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  #room(count: number): void {
    if (this.length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + count));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }

  append(source: Uint8Array, start: number, count: number): void {
    this.#room(count);
    for (let at = start; at < start + count; at++) this.#bytes[this.length++] = source[at] ?? 0;
  }

  /** Repeats what was written `distance` bytes ago, itself included. `false` if there is no such thing. */
  repeat(distance: number, count: number): boolean {
    if (distance === 0 || distance > this.length) return false;
    this.#room(count);
    for (let left = count; left > 0; left--) {
      this.#bytes[this.length] = this.#bytes[this.length - distance] ?? 0;
      this.length++;
    }
    return true;
  }
}

/** Unsigned, seven bits a byte, the lowest first. `next` is where it ends; undefined if it does not. */
export function varint(
  bytes: Uint8Array,
  start: number,
): { value: number; next: number } | undefined {
  let value = 0;
  for (let at = start; at < start + 8; at++) {
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * (at - start));
    if (byte < 0x80) return { value, next: at + 1 };
  }
  return undefined;
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
