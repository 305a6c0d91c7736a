import type messages from '../../public/_locales/en/messages.json';

export type MessageKey = keyof typeof messages;

/** Keys that come in a form for one (`…One`) and a form for any other number (`…Other`). */
export type PluralKey = {
  [K in MessageKey]: K extends `${infer Stem}One`
    ? `${Stem}Other` extends MessageKey
      ? Stem
      : never
    : never;
}[MessageKey];

/** `browser.i18n.getMessage`: empty text for a key it does not know. */
export type GetMessage = (key: string, substitutions: string[]) => string;

let getMessage: GetMessage = () => '';

/** Says where texts come from. Called once by each page before it renders. */
export function provideTexts(source: GetMessage): void {
  getMessage = source;
}

/** The text of `key` with `values` in the place of $1 to $4. */
export const t = (key: MessageKey, ...values: readonly (string | number)[]): string =>
  getMessage(key, values.map(String));

/** As `t`, in the form that goes with `count`, which is $1; `values` follow from $2. */
export function plural(key: PluralKey, count: number, ...values: readonly string[]): string {
  const one = new Intl.PluralRules(t('languageTag')).select(count) === 'one';
  return t(one ? `${key}One` : `${key}Other`, count, ...values);
}

interface Clause {
  key: string;
  values: readonly string[];
}

const clause = ({ key, values }: Clause): string => getMessage(key, [...values]) || key;

/** The sentence of a request, whose keys come from the instruction table. A key itself if there is no such text. */
export const sentence = (phrase: Clause & { more?: readonly Clause[] | undefined }): string =>
  [phrase, ...(phrase.more ?? [])].map(clause).join(', ');
