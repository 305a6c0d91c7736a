import { createHash } from 'node:crypto';
import type { BrowserName, Surface } from '../drivers/driver.ts';
import { keyPair } from '../exchange/keys.ts';
import { signedRequest } from '../exchange/seed-account.ts';
import { textNeedles } from './needles.ts';
import type { Needle } from './search.ts';

/** Places in a profile where something is left on purpose, to prove that a scan would see it there. */
export const PLACES = [
  'IndexedDB, small value',
  'IndexedDB, long value that repeats itself',
  'IndexedDB, long value of random text',
  'private file system',
  'localStorage',
  'storage.local',
  'text field beside a typed secret',
  'text field beside a typed password',
  'text field beside a typed order',
  'text field on a site',
  'HTTP cache',
  'HTTP cache, gzip',
  "HTTP cache, the exchange's answer",
] as const;
export type Place = (typeof PLACES)[number];

/** Where the browser compresses so well that the marker is nowhere to be read without decoding. */
export const COMPRESSED: Record<BrowserName, readonly Place[]> = {
  chromium: ['IndexedDB, long value that repeats itself', 'HTTP cache, gzip'],
  firefox: [
    'IndexedDB, small value',
    'IndexedDB, long value that repeats itself',
    'text field beside a typed secret',
    'text field beside a typed password',
    'text field beside a typed order',
    'text field on a site',
    'HTTP cache, gzip',
  ],
};

/** An account of the practice exchange with a balance that is fetched as Buckle never fetches one. */
export const CACHED = { ...keyPair(34), balance: '86420975.31864209' };

/** 32 hexadecimal digits, the same for the same place. */
const markerOf = (place: Place): string =>
  createHash('sha256').update(`planted in ${place}`).digest('hex').slice(0, 32);

export const markers: readonly Needle[] = PLACES.flatMap((place) =>
  textNeedles(
    place,
    place === "HTTP cache, the exchange's answer" ? CACHED.balance : markerOf(place),
  ),
);

/** Is this needle the marker of that place? */
export const isMarkerOf = (place: Place, needle: string): boolean =>
  needle.startsWith(`${place}, UTF-`);

const FILLING = 'the quick brown fox jumps over the lazy dog, again and again; ';

/**
 * The marker among text that a compressor shortens. Each quarter of it stands before it, in the wrong order: the marker itself is
 * then written as references, and can be read only by who follows them.
 */
export function woven(place: Place, repeat = 1): string {
  const marker = markerOf(place);
  const pieces = [24, 16, 8, 0].map((at) => marker.slice(at, at + 8));
  const filling = FILLING.repeat(repeat);
  return `${filling}${pieces.join(FILLING)}${FILLING}${marker}${filling}`;
}

const PLANT = `async ({ small, long, marked, filed, local, stored }) => {
  const random = () => crypto.getRandomValues(new Uint8Array(60_000)).toHex();
  const large = Array.from({ length: 8 }, random).join('') + marked + random();
  const database = await new Promise((done, fail) => {
    const opening = indexedDB.open('planted', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('planted');
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => fail(opening.error);
  });
  const transaction = database.transaction('planted', 'readwrite', { durability: 'strict' });
  const store = transaction.objectStore('planted');
  store.put({ value: small }, 'small');
  store.put({ value: long }, 'long');
  store.put({ value: large }, 'large');
  await new Promise((done, fail) => {
    transaction.oncomplete = done;
    transaction.onabort = () => fail(transaction.error);
  });
  const folder = await navigator.storage.getDirectory();
  const writing = await (await folder.getFileHandle('planted', { create: true })).createWritable();
  await writing.write(filed);
  await writing.close();
  localStorage.setItem('planted', local);
  await (globalThis.browser ?? globalThis.chrome).storage.local.set({ planted: stored });
}`;

/** Leaves markers in all that an extension can store in. */
export async function plantInStores(page: Surface): Promise<void> {
  await page.evaluate(PLANT, {
    small: woven('IndexedDB, small value'),
    long: woven('IndexedDB, long value that repeats itself', 2_000),
    marked: woven('IndexedDB, long value of random text'),
    filed: woven('private file system'),
    local: woven('localStorage'),
    stored: woven('storage.local'),
  });
}

const FIELD = `() => {
  const field = document.createElement('input');
  field.id = 'planted';
  (document.querySelector('dialog[open]') ?? document.body).append(field);
}`;

/** Types a marker on Buckle's page into a field that is not as Buckle's own are. */
export async function plantInField(page: Surface, place: Place): Promise<void> {
  await page.evaluate(FIELD);
  await page.css('#planted').fill(woven(place));
}

/** Fetches the exchange's answer about another account from Buckle's page, without what keeps it from the cache. */
export async function plantAnswer(page: Surface): Promise<string> {
  const { headers, url } = signedRequest(CACHED, {
    method: 'GET',
    path: '/api/v1/capital',
    instruction: 'balanceQuery',
    timestamp: Date.now(),
  });
  return page.evaluate(
    'async (url, headers) => (await fetch(url, { headers })).text()',
    `https://api.backpack.exchange${url}`,
    headers,
  );
}
