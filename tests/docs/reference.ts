import { entryOf, isInstruction } from '../../src/exchange/instructions/index.ts';
import { kindOf } from '../../src/policy/decide.ts';
import { BUCKLE_ERRORS, CLIENT_METHODS } from '../../src/provider/api.ts';
import { type Anatomy, anatomyOf, FIELD_NOTES, fieldsOf, namedShapes } from './anatomy.ts';
import { siteInstructions } from './api-types.ts';
import { EXAMPLES } from './examples.ts';
import { createTypeWriter, type TypeWriter } from './type-text.ts';

/** `{ symbol: 'SOL_USDC', limit: 20 }` */
export function literal(params: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(params).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? `'${value}'` : String(value)}`,
  );
  const line = `{ ${members.join(', ')} }`;
  if (members.length === 0) return '';
  return line.length < 70 ? line : `{\n${members.map((each) => `  ${each},`).join('\n')}\n}`;
}

/** A cell of a table: a bar would end it. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
export const code = (text: string): string => `\`${text}\``;
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map(cell).join(' | ')} |`)
    .join('\n');

const SCOPES: Readonly<Record<string, string>> = {
  read: 'A read grant lets it through; `sign` can sign it.',
  trade:
    'A trade grant lets a `send` through within its limits, else the person is asked; `sign` is asked each time.',
  withdraw: 'Only `send`. The person is asked each time, with the password.',
  account: 'Only `send`. The person is asked each time, with the password.',
};

/** What has no kind that a grant could name is asked each time, trades included. */
function ruleOf(name: string): string {
  const { scope } = entryOf(name);
  const params = Object(EXAMPLES[name] ?? {});
  const isTrade = isInstruction(name) && scope === 'trade';
  const isAsked = isTrade && kindOf({ instruction: name, params }) === undefined;
  return isAsked ? 'The person is asked each time.' : (SCOPES[scope] ?? '');
}

/** The bound that stands in a schema's pipe, that of the schema it begins with included. */
function requirementOf(schema: Anatomy, type: string): unknown {
  const found = schema.pipe?.findLast((part) => part.type === type)?.requirement;
  const first = schema.pipe?.[0] as Anatomy | undefined;
  return found ?? (first && first !== schema ? requirementOf(first, type) : undefined);
}

/** What a parameter must be beyond its type. */
function noteOf(schema: Anatomy): string {
  const known = FIELD_NOTES.get(schema);
  if (known !== undefined) return known;
  if (schema.type === 'union') {
    return (schema.options ?? []).map((each) => noteOf(each as Anatomy)).join(', or ');
  }
  if (schema.type === 'number') {
    const least = Number(requirementOf(schema, 'min_value') ?? 0);
    const most = requirementOf(schema, 'max_value');
    return `a whole number${least > 0 ? `, at least ${least}` : ''}${most === undefined ? '' : `, at most ${most}`}`;
  }
  const pattern = requirementOf(schema, 'regex');
  return pattern === undefined ? '' : `matches ${code(String(pattern))}`;
}

export function fieldsTable(params: Anatomy, write: TypeWriter): string {
  const fields = fieldsOf(params);
  if (fields.length === 0) return 'No parameters.';
  const rows = fields.map(({ name, schema, optional }) => [
    code(name),
    code(write.type(schema, '')),
    optional ? '' : 'yes',
    noteOf(schema),
  ]);
  return table(['parameter', 'type', 'required', ''], rows);
}

function instructionSection(name: string, write: TypeWriter): string {
  const { method, path, scope, params, answer, batch, paged } = entryOf(name);
  const answerType = write.type(anatomyOf(answer), '');
  const given = literal(EXAMPLES[name] ?? {});
  const client = Object.entries(CLIENT_METHODS).find(
    ([, instruction]) => instruction === name,
  )?.[0];
  const example = client
    ? `await buckle.client.${client}(${given});`
    : `await buckle.send('${name}'${given && `, ${given}`});`;
  return [
    `### ${name}`,
    `${code(`${method} ${path}`)} · scope **${scope}** · answers ${code(answerType)}`,
    ruleOf(name),
    fieldsTable(anatomyOf(params), write),
    ...(paged ? ['At most 1000 of `limit`; more by `offset`.'] : []),
    ...(batch
      ? [`\`send\` and \`signBatch\` take up to ${batch.limit} of these at once, as a list.`]
      : []),
    `\`\`\`ts\n${example}\n\`\`\``,
  ].join('\n\n');
}

/** Each error with the comment that stands over it in the public types. */
function errorRows(source: string): string[][] {
  return Object.entries(BUCKLE_ERRORS).map(([reason, number]) => {
    const name = reason.includes('-') ? `'${reason}'` : reason;
    const comment = new RegExp(`/\\*\\* (.+) \\*/\\n  ${name}: `).exec(source)?.[1];
    if (comment === undefined) throw new Error(`nothing is said of the error ${reason}`);
    return [String(number), code(reason), comment];
  });
}

/** The shape of an answer, as it stands in the public types. */
const shapes = (source: string): string =>
  [...source.matchAll(/^export interface (\w+) \{\n(?: {2}.*\n)+\}/gm)]
    .filter(([text]) => source.indexOf(text) < source.indexOf('export interface Instructions'))
    .map(([text]) => text.replace('export ', ''))
    .join('\n\n');

/** @param source - Of the public types, `src/provider/api.ts`. */
export async function reference(source: string): Promise<string> {
  const write = createTypeWriter(await namedShapes());
  const methods = Object.entries(CLIENT_METHODS).map(([method, instruction]) => [
    code(`client.${method}()`),
    `[${instruction}](#${instruction.toLowerCase()})`,
  ]);
  return `${[
    '# Reference of the page API',
    'Made from the instruction table by `npm run docs`. How to begin is in [the guide for site authors](site-guide.md); the types are in `src/provider/api.ts`, the one file to copy.',
    '## Methods',
    table(
      ['method', 'what it does'],
      [
        [
          code('connect({ scopes, reason? })'),
          'Asks the person for an account and for powers. Resolves with `{ account: { apiKey, label }, grants }`.',
        ],
        [
          code('disconnect()'),
          'Gives everything back: grants, the browser’s permission, Buckle’s scripts.',
        ],
        [code('permissions()'), '`{ locked, account?, grants }`, without asking anybody.'],
        [
          code('send(instruction, params)'),
          'Signed and sent by Buckle, once. Resolves with the exchange’s answer. A list of orders is sent, and decided on, as one request.',
        ],
        [
          code('sign(instruction, params, { window? })'),
          'Signed by Buckle, sent by you: `{ method, url, headers, body }`. Reads and trades only; for a trade `window` is at most 5000 ms.',
        ],
        [code('signBatch(orders, { window? })'), 'One signed request for several orders.'],
        [
          code('signSubscription(streams)'),
          'The frame that opens private streams on `wss://ws.backpack.exchange`.',
        ],
        [
          code('on(name, listener)'),
          '`connect`, `disconnect`, `lock`, `unlock`, `settled`. Returns the way to stop.',
        ],
      ],
    ),
    'Every method but `disconnect`, `permissions` and `on` takes `unlockWithinMs` among its last options (`connect`: in its request): how long it waits for a locked Buckle, 0 to 600000, 120000 unless given.',
    '## Errors',
    'Every method rejects with a `BuckleError`: `code`, `reason`, `data`, and a `message` for developers.',
    table(['code', 'reason', 'what it means'], errorRows(source)),
    '## Client',
    'Each takes the parameters of its instruction as one object. Amounts are decimal text.',
    table(['method', 'instruction'], methods),
    '## Instructions',
    ...siteInstructions().map((name) => instructionSection(name, write)),
    '## Answers',
    'What the exchange adds beyond these fields is passed on as it came. `Decimal` is text: `"0.10"`.',
    `\`\`\`ts\n${shapes(source)}\n\`\`\``,
  ].join('\n\n')}\n`;
}
