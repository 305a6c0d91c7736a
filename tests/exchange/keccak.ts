const LANES = 25;
const ROUNDS = 24;
const RATE_BYTES = 136;
const MASK = (1n << 64n) - 1n;

const rotate = (lane: bigint, by: number): bigint =>
  by === 0 ? lane : ((lane << BigInt(by)) | (lane >> BigInt(64 - by))) & MASK;

/** Keccak-f[1600]. Offsets and round constants are computed by their recurrences, as FIPS 202 defines them. */
function permute(lanes: bigint[]): void {
  const at = (index: number): bigint => lanes[index] ?? 0n;
  let register = 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const columns = [0, 1, 2, 3, 4].map(
      (x) => at(x) ^ at(x + 5) ^ at(x + 10) ^ at(x + 15) ^ at(x + 20),
    );
    const column = (x: number): bigint => columns[x % 5] ?? 0n;
    for (let index = 0; index < LANES; index += 1)
      lanes[index] = at(index) ^ column((index % 5) + 4) ^ rotate(column((index % 5) + 1), 1);

    let [x, y, moving] = [1, 0, at(1)];
    for (let step = 0; step < ROUNDS; step += 1) {
      [x, y] = [y, (2 * x + 3 * y) % 5];
      const next = at(x + 5 * y);
      lanes[x + 5 * y] = rotate(moving, (((step + 1) * (step + 2)) / 2) % 64);
      moving = next;
    }

    for (let start = 0; start < LANES; start += 5) {
      const row = lanes.slice(start, start + 5);
      const of = (index: number): bigint => row[index % 5] ?? 0n;
      for (let index = 0; index < 5; index += 1)
        lanes[start + index] = of(index) ^ (~of(index + 1) & MASK & of(index + 2));
    }

    for (let bit = 0; bit < 7; bit += 1) {
      register = ((register << 1) ^ ((register >> 7) * 0x71)) % 256;
      if (register & 2) lanes[0] = at(0) ^ (1n << BigInt(2 ** bit - 1));
    }
  }
}

/** Keccak-256 as Ethereum uses it: with the padding from before SHA-3 was a standard, which Node does not offer. */
export function keccak256(message: Uint8Array): Buffer {
  const length = (Math.floor(message.length / RATE_BYTES) + 1) * RATE_BYTES;
  const padded = Buffer.alloc(length);
  padded.set(message);
  padded.writeUInt8(0x01, message.length);
  padded.writeUInt8(padded.readUInt8(length - 1) | 0x80, length - 1);
  const lanes: bigint[] = new Array(LANES).fill(0n);
  for (let block = 0; block < length; block += RATE_BYTES) {
    for (let lane = 0; lane < RATE_BYTES / 8; lane += 1)
      lanes[lane] = (lanes[lane] ?? 0n) ^ padded.readBigUInt64LE(block + lane * 8);
    permute(lanes);
  }
  const digest = Buffer.alloc(32);
  for (let lane = 0; lane < 4; lane += 1) digest.writeBigUInt64LE(lanes[lane] ?? 0n, lane * 8);
  return digest;
}
