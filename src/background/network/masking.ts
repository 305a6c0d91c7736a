import type { RawAnswer } from '../../exchange/answer.ts';

/** What stands where a code or a token was. */
export const MASK = '•••';

const isOk = ({ status }: RawAnswer): boolean => status >= 200 && status <= 299;

/** A secret as it may stand in an answer: plain, as JSON may write it, as a URL does. Nothing for an empty one. */
export const formsOf = (secret: string): readonly string[] =>
  secret === '' ? [] : [secret, secret.replaceAll('/', '\\/'), encodeURIComponent(secret)];

/** A refusal may repeat what it was given: a code is in it no longer before anybody reads it. */
export function maskedRefusal(raw: RawAnswer, secrets: readonly string[]): RawAnswer {
  if (isOk(raw)) return raw;
  const forms = secrets.flatMap(formsOf);
  return { ...raw, text: forms.reduce((text, form) => text.replaceAll(form, MASK), raw.text) };
}
