import * as v from 'valibot';

/** What a person has set. The background reads it at each start, so it is apart from the rest of the contract. */
export const settings = v.object({
  autoLockMinutes: v.picklist([1, 5, 15, 30, 60, 240]),
  lockOnLastWindow: v.boolean(),
  theme: v.picklist(['system', 'light', 'dark']),
  /** Validity of a request in ms, 1000 to 60000. */
  windowMs: v.pipe(v.number(), v.integer(), v.minValue(1000), v.maxValue(60_000)),
});
export type Settings = v.InferOutput<typeof settings>;
