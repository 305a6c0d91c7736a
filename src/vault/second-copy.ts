import { decodeRecord, type VaultRecord } from './envelope.ts';
import { parseJson } from './json.ts';
import type { KdfParameters } from './kdf.ts';

/** A place for one text, outside the database that holds the first copy. Each rejects with the browser's own error. */
export interface SecondPlace {
  /** `undefined` if there is nothing. */
  read(): Promise<string | undefined>;
  /** What was there stays whole until the new text is. */
  write(text: string): Promise<void>;
  remove(): Promise<void>;
}

/** What was found there. `unreadable`: the browser failed, so it may yet be whole. */
export type Second = VaultRecord | 'damaged' | 'unreadable' | undefined;

/** The vault record as JSON in the second place. */
export async function readSecond(place: SecondPlace, floor: KdfParameters): Promise<Second> {
  const reading = place.read().then(
    (text) => ({ text }),
    () => 'unreadable' as const,
  );
  const found = await reading;
  if (found === 'unreadable') return found;
  if (found.text === undefined) return undefined;
  return (await decodeRecord(parseJson(found.text), floor)) ?? 'damaged';
}
