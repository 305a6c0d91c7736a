import * as v from 'valibot';
import { decimal, maybe } from '../schema.ts';

// Frames of the WebSocket: keys are single letters; numbers come as numbers or as text, and anything may be null, missing
// or more than is known here.

export const count = v.pipe(
  v.union([v.number(), v.string()]),
  v.transform(Number),
  v.safeInteger(),
);
export const flag = maybe(v.boolean());
export const texts = maybe(v.string());
export const amount = maybe(decimal);

interface Times {
  E?: number | null | undefined;
  T?: number | null | undefined;
}

/** Event time and engine time in µs. */
export const times = { E: maybe(count), T: maybe(count) };

/** Engine time, else event time. */
export const atOf = ({ E, T }: Times): number => T ?? E ?? Number.NaN;

/** Without any time an update cannot be put in order. */
export const timed = <F extends Times>() =>
  v.check<F, string>((frame) => !Number.isNaN(atOf(frame)), 'no time');
