import { isDeepStrictEqual } from 'node:util';
import { PNG } from 'pngjs';
import type { Content } from './archive.ts';

/** What browsers and their shops put beside a package's own files: signatures and checksums. */
const ADDED_FILE = /^(?:_metadata|META-INF)\//;
/** What Chrome's shop writes into the manifest. */
const ADDED_KEYS = ['key', 'update_url', 'differential_fingerprint'];

export interface Comparison {
  /** The first difference in the order of paths, as a sentence; `undefined` if there is none. */
  difference: string | undefined;
  /** Files that differ as browsers change them: something was added, or the same data written anew. */
  passed: string[];
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

const withoutAdded = (file: string, value: unknown): unknown =>
  file === 'manifest.json' && typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([key]) => !ADDED_KEYS.includes(key)))
    : value;

function pixels(bytes: Uint8Array): Buffer | undefined {
  try {
    return PNG.sync.read(Buffer.from(bytes)).data;
  } catch {
    return undefined;
  }
}

/** The same data in another form: Chrome writes manifest, texts and icons anew when it installs them. */
function saysTheSame(file: string, built: Uint8Array, found: Uint8Array): boolean {
  if (file.endsWith('.json')) {
    const [ours, theirs] = [parsed(built), parsed(found)];
    return ours !== undefined && isDeepStrictEqual(ours, withoutAdded(file, theirs));
  }
  const ours = file.endsWith('.png') ? pixels(built) : undefined;
  return ours !== undefined && pixels(found)?.equals(ours) === true;
}

function whereDiffers(built: Uint8Array, found: Uint8Array): string {
  const at = built.findIndex((byte, i) => byte !== found[i]);
  const byte = at < 0 ? built.length : at;
  const line = Buffer.from(built.subarray(0, byte)).toString('latin1').split('\n').length;
  return `at byte ${byte + 1} (line ${line}); it has ${found.length} bytes, the build ${built.length}`;
}

/** Holds what was found against what was built. */
export function compare(built: Content, found: Content): Comparison {
  const passed: string[] = [];
  for (const file of [...new Set([...built.keys(), ...found.keys()])].sort()) {
    const [ours, theirs] = [built.get(file), found.get(file)];
    if (theirs === undefined) return { difference: `${file} is missing`, passed };
    if (ours === undefined) {
      if (!ADDED_FILE.test(file)) return { difference: `${file} is not of the build`, passed };
      passed.push(file);
    } else if (!Buffer.from(ours).equals(theirs)) {
      if (!saysTheSame(file, ours, theirs)) {
        return { difference: `${file} differs ${whereDiffers(ours, theirs)}`, passed };
      }
      passed.push(file);
    }
  }
  return { difference: undefined, passed };
}
