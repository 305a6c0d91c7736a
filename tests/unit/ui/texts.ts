import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const file = resolve(import.meta.dirname, '../../../public/_locales/en/messages.json');

/** The English texts as they are shipped: key to message. */
export const messages: ReadonlyMap<string, string> = new Map(
  Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, { message: string }>).map(
    ([key, { message }]) => [key, message],
  ),
);

/** What `browser.i18n.getMessage` does with them. */
export const getMessage = (key: string, substitutions: readonly string[]): string =>
  (messages.get(key) ?? '').replace(
    /\$(\d)/g,
    (_, digit: string) => substitutions[Number(digit) - 1] ?? '',
  );
