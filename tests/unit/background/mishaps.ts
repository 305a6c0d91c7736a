import type { Fault } from '../../exchange/faults.ts';

/** What can go wrong with the request itself: cut before, during and after, and answers that prove nothing. */
export const faults: readonly Omit<Fault, 'path' | 'method'>[] = [
  { kind: 'drop-before' },
  { kind: 'drop-after' },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503, afterProcessing: true },
  { kind: 'status', status: 504 },
  { kind: 'status', status: 408, afterProcessing: true },
  { kind: 'status', status: 429 },
  { kind: 'malformed', afterProcessing: true },
  { kind: 'truncated' },
  { kind: 'html', afterProcessing: true },
  { kind: 'html', status: 502 },
  { kind: 'wrong-types' },
  { kind: 'empty-202', afterProcessing: true },
  { kind: 'expired' },
];

/** 0 to 1, as its seed says. */
export type Random = () => number;

export const pick = <T>(random: Random, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T;

/** The way of a request is about thirty effects long; the later half, after sending, gets the larger share. */
export const deathStep = (random: Random): number =>
  random() < 0.4 ? 1 + Math.floor(random() * 16) : 16 + Math.floor(random() * 10);
