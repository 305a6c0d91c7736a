import type { Phrase } from '../exchange/instructions/entry.ts';
import type { AnyPrepared } from './requests.ts';

/** A sentence of the instruction table, as messages carry it. */
export const plainPhrase = ({ key, values, more }: Phrase): AnyPrepared['phrase'] => ({
  ...{ key, values: [...values] },
  ...(more ? { more: more.map((each) => ({ ...each, values: [...each.values] })) } : {}),
});
