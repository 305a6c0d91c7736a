import * as v from 'valibot';

// What the messages of the contract are made of.

export const text = v.pipe(v.string(), v.maxLength(200));
export const secretText = v.pipe(v.string(), v.maxLength(1000));
export const id = v.pipe(v.string(), v.uuid());
export const nothing = v.strictObject({});
export const done = v.strictObject({});
export const params = v.record(
  v.string(),
  v.union([v.string(), v.number(), v.boolean(), v.null()]),
);

/** One message: what is asked and what is answered. */
export const message = <Q extends v.GenericSchema, R extends v.GenericSchema>(
  request: Q,
  reply: R,
) => ({ request, reply });
