import * as v from 'valibot';
import { fromBase64 } from '../core/bytes.ts';

/** Fields that several records share. Each accepts exactly one spelling of a value, so none can be edited unseen. */
export const uuid = v.pipe(v.string(), v.uuid());
export const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Base64 of any number of bytes, or of exactly `length`. */
export const base64 = (length?: number) =>
  v.pipe(
    v.string(),
    v.check((text) => {
      const bytes = fromBase64(text);
      return bytes !== undefined && (length === undefined || bytes.length === length);
    }),
  );
