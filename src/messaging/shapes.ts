import * as v from 'valibot';
import { isList } from '../core/canonical.ts';

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

export type OneParams = v.InferOutput<typeof params>;
/** Of one request, or of each request of a batch, in order. */
export const paramsOrList = v.union([
  v.pipe(v.array(params), v.minLength(1), v.maxLength(100)),
  params,
]);
export type ParamsOrList = v.InferOutput<typeof paramsOrList>;

/** The params of a single request; none of a batch's. */
export const singleOf = ({ params: given }: { params: ParamsOrList }): OneParams =>
  isList(given) ? {} : given;

/** One message: what is asked and what is answered. */
export const message = <Q extends v.GenericSchema, R extends v.GenericSchema>(
  request: Q,
  reply: R,
) => ({ request, reply });
