/** A text, or a number. In valid JSON no number stands inside anything else. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
/** A float holds 15 digits of any number; only longer ones can lose some. */
const LONG = /\d[\d.]{15}/;

const isExact = (number: string): boolean =>
  !LONG.test(number) ||
  (/[.eE]/.test(number) ? String(Number(number)) === number : Number.isSafeInteger(Number(number)));

/**
 * JSON in which a number that a float cannot hold comes as its text: `{"id":9007199254740993}` gives `"9007199254740993"`.
 * Everything else is as `JSON.parse` has it. @throws SyntaxError
 */
export function parseExactly(text: string): unknown {
  const content: unknown = JSON.parse(text);
  if (!LONG.test(text)) return content;
  // It is valid JSON, so this finds each number whole, and none inside a text.
  return JSON.parse(
    text.replace(TOKEN, (token) => (token[0] === '"' || isExact(token) ? token : `"${token}"`)),
  );
}
