import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import type { Entry, OutcomeBy, Scope } from '../../src/exchange/instructions/entry.ts';
import { entryOf, type Instruction, instructions } from '../../src/exchange/instructions/index.ts';
import { requestRules } from '../../src/exchange/request-fields.ts';
import { type Anatomy, anatomyOf, fieldsOf, namedShapes } from './anatomy.ts';
import { EXAMPLES } from './examples.ts';
import { code, fieldsTable, literal, table } from './reference.ts';
import { RULE_NOTES } from './rule-notes.ts';
import { createTypeWriter, type TypeWriter } from './type-text.ts';

const SCOPES: readonly (readonly [Scope, string, string])[] = [
  ['read', 'Reads', 'They change nothing. A site with a read grant may send and sign them.'],
  [
    'trade',
    'Trades',
    'A person confirms each, or a trade grant lets a site’s through within its limits where a grant can name its kind.',
  ],
  [
    'account',
    'Account',
    'They change how the account is run or tie its money up. A person confirms each with the password.',
  ],
  ['withdraw', 'Withdrawals', 'A person confirms each with the password.'],
  ['internal', 'For Buckle alone', 'No site and no form can ask for them.'],
];

const OUTCOMES: Readonly<Record<OutcomeBy, string>> = {
  byClientId: 'by the id that Buckle gives it',
  byState: 'by what the account looks like afterwards',
  cannot: 'it cannot be known, and Buckle says so',
};

/** What is not in the table, and why. */
const LEFT_OUT: readonly (readonly [string, string])[] = [
  [
    '`GET`, `POST`, `PATCH /wapi/v1/capital/withdrawals/delay`',
    'Reading and setting the withdrawal delay. The exchange documents no instruction for them, so there is nothing to sign: they are for the session of its website. The names in circulation (`withdrawalDelayQuery` and its like) are not the exchange’s.',
  ],
  [
    '`GET /api/v1/borrowLend/position/liquidationPrice`',
    'No instruction is documented: for the session of the website.',
  ],
  ['`pnlHistoryQueryAll`', 'The exchange took its endpoint away in August 2025.'],
  [
    '`recipientInformation` of `withdraw`',
    'A nested object. How it is signed is documented nowhere.',
  ],
  [
    '`subscribe`',
    'Signed for the WebSocket. It has no endpoint, no params and no answer, so it stands with the streams.',
  ],
];

/** The example's sentence as a person reads it before confirming. */
function words(entry: Entry, name: string): string {
  const { key, values } = entry.words(Object(EXAMPLES[name] ?? {}));
  const text: { message: string } | undefined = Object(messages)[key];
  if (!text) throw new Error(`there is no text ${key}`);
  return text.message.replace(/\$(\d)/g, (_all, digit: string) => values[Number(digit) - 1] ?? '');
}

/** A key of `RULE_NOTES` for each rule of an instruction. */
export const rulesOf = (name: Instruction): readonly string[] =>
  requestRules(instructions[name].params).map(({ at, refusal }) => `${name} ${at} ${refusal}`);

const bare = (schema: Anatomy): Anatomy =>
  schema.wrapped && /^(optional|nullish|nullable)$/.test(schema.type) ? schema.wrapped : schema;

/** The fields of an answer in a line, those that may be missing with a question mark. */
function outline(schema: Anatomy, write: TypeWriter): string {
  const inner = bare(schema);
  if (inner.type === 'undefined') return 'Answers without a body.';
  const { item, value } = inner;
  const of = item ?? value ?? inner;
  const fields = fieldsOf(of).map(({ name, optional }) => code(`${name}${optional ? '?' : ''}`));
  const kind = item ? 'a list, of each ' : value ? 'a map by asset, of each ' : '';
  const lacks = schema.type === 'optional' ? ' An answer without a body: taken, not done yet.' : '';
  const type = code(write.type(inner, ''));
  return `Answers ${type}${fields.length > 0 ? `, ${kind}${fields.join(', ')}` : ''}.${lacks}`;
}

function section(name: Instruction, write: TypeWriter): string {
  const entry = entryOf(name);
  const { method, path, scope, outcome, params, answer, batch, paged } = entry;
  const example = literal(EXAMPLES[name] ?? {})
    .replaceAll(/\s+/g, ' ')
    .replace(', }', ' }');
  const said = EXAMPLES[name] ? `, of ${code(example || '{}')}` : '';
  const rules = rulesOf(name).map((key) => `- ${RULE_NOTES[key] ?? key}`);
  return [
    `### ${name}`,
    `${code(`${method} ${path}`)} · scope **${scope}**`,
    `“${words(entry, name)}”${said}`,
    ...(outcome ? [`If its answer is lost: ${OUTCOMES[outcome]}.`] : []),
    fieldsTable(anatomyOf(params), write),
    ...(rules.length > 0 ? [rules.join('\n')] : []),
    outline(anatomyOf(answer), write),
    ...(paged ? ['In pages, with the number of rows in all.'] : []),
    ...(batch
      ? [
          `Up to ${batch.limit} of these at once: ${code(`${method} ${batch.path}`)}, each signed in turn.`,
        ]
      : []),
  ].join('\n\n');
}

/** `docs/instructions.md`: the table, for people. */
export async function instructionDocs(): Promise<string> {
  const write = createTypeWriter(await namedShapes());
  const names = Object.keys(instructions) as Instruction[];
  const scopes = SCOPES.flatMap(([scope, title, text]) => {
    const own = names.filter((name) => instructions[name].scope === scope);
    return [`## ${title}`, text, ...own.map((name) => section(name, write))];
  });
  return `${[
    '# Every instruction',
    'Made from the instruction table, `src/exchange/instructions/`, by `npm run docs`. Each of these is signed with the account’s key: `instruction=<name>`, the params in the order of their names, `timestamp`, `window`. Params of a `GET` go into the query, all others into a JSON body. `Decimal` is text: `"0.10"`. The shapes of answers are in [the reference of the page API](api.md#answers); whatever the exchange adds to them is kept.',
    table(
      ['scope', 'instructions'],
      SCOPES.map(([scope]) => [
        scope,
        names
          .filter((name) => instructions[name].scope === scope)
          .map((name) => `[${name}](#${name.toLowerCase()})`)
          .join(', '),
      ]),
    ),
    ...scopes,
    '## Left out',
    table(['what', 'why'], LEFT_OUT),
  ].join('\n\n')}\n`;
}
