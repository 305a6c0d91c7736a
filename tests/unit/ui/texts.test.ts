import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';
import { messages } from './texts.ts';

const root = resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => join('src', file));

type Node = { type: string; [field: string]: unknown };
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;

/** Every node of a file's syntax tree. */
function* nodes(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* nodes(child);
    }
  }
}
const parsed = (source: string, lang: 'ts' | 'tsx' = 'tsx'): Node[] => [
  ...nodes(parseAst(source, { lang }) as unknown as Node),
];
const trees = new Map(
  files.map((file) => [file, parsed(read(file), file.endsWith('.tsx') ? 'tsx' : 'ts')]),
);
const all = [...trees.values()].flat();

const text = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Literal' && typeof node.value === 'string'
    ? node.value
    : undefined;
/** First arguments of calls of `name` that are plain text. */
const askedOf = (name: string): string[] =>
  all.flatMap((node) => {
    if (node.type !== 'CallExpression' || !isNode(node.callee)) return [];
    if (node.callee.name !== name || !Array.isArray(node.arguments)) return [];
    return text(node.arguments[0]) ?? [];
  });

const literals = new Set(all.flatMap((node) => text(node) ?? []));
/** Templates that can only make keys of a kind, such as `wordsOrder${side}`: as patterns. */
const templates = all.flatMap((node) => {
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis)) return [];
  const parts = node.quasis.map((quasi: { value: { raw: string } }) => quasi.value.raw);
  const makesKeys = parts.every((part) => /^\w*$/.test(part)) && /^[a-z]\w{3}/.test(parts[0] ?? '');
  return makesKeys && parts.length > 1 ? [new RegExp(`^${parts.join('[A-Z]?\\w*')}$`)] : [];
});
const manifestKeys = [...read('manifest.json').matchAll(/__MSG_(\w+)__/g)].map(([, key]) => key);

const isUsed = (key: string): boolean =>
  literals.has(key) ||
  manifestKeys.includes(key) ||
  literals.has(key.replace(/(One|Other)$/, '')) ||
  templates.some((pattern) => pattern.test(key));

describe('texts', () => {
  it('are there for every key that is asked for', () => {
    const plurals = askedOf('plural').flatMap((stem) => [`${stem}One`, `${stem}Other`]);
    const asked = [...askedOf('t'), ...plurals, ...manifestKeys];
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !messages.has(key ?? ''))).toEqual([]);
  });

  it('are there for every sentence of the instruction table', () => {
    const keys = files
      .filter((file) => file.startsWith('src/exchange/instructions/'))
      .flatMap((file) => [...read(file).matchAll(/key: '(\w+)'/g)].map(([, key]) => key ?? ''));
    expect(keys.length).toBeGreaterThan(5);
    expect(keys.filter((key) => !messages.has(key))).toEqual([]);
  });

  it('are all used', () => {
    expect([...messages.keys()].filter((key) => !isUsed(key))).toEqual([]);
  });

  it('are sorted, whole and free of placeholders beyond $4', () => {
    const keys = [...messages.keys()];
    expect(keys).toEqual([...keys].sort());
    for (const [key, message] of messages) {
      expect(message.trim(), key).toBe(message);
      expect(message, key).not.toBe('');
      expect(message, key).not.toMatch(/\$(?![1-4])/);
    }
  });

  it('fit the shops: a short description that says whose Buckle is not', () => {
    expect(messages.get('appDescription')?.length).toBeLessThanOrEqual(132);
    expect(messages.get('appDescription')).toContain('Independent of Backpack Exchange');
  });
});

const VISIBLE = new Set(['label', 'title', 'placeholder', 'alt', 'aria-label', 'caption', 'hint']);

/** Words in markup that do not come from the texts. */
function literalWords(tree: readonly Node[]): string[] {
  return tree.flatMap((node) => {
    if (node.type === 'JSXText')
      return /\p{L}/u.test(String(node.value)) ? [String(node.value)] : [];
    if (node.type === 'JSXExpressionContainer') {
      const shown = text(node.expression);
      return shown && /\p{L}/u.test(shown) && !isAttribute(node, tree) ? [shown] : [];
    }
    if (node.type !== 'JSXAttribute' || !isNode(node.name)) return [];
    const value = text(node.value);
    return VISIBLE.has(String(node.name.name)) && value ? [value] : [];
  });
}
const isAttribute = (container: Node, tree: readonly Node[]): boolean =>
  tree.some((node) => node.type === 'JSXAttribute' && node.value === container);

describe('markup', () => {
  it('is searched by a search that finds something', () => {
    const tree = parsed(
      'const a = <p title="Old" class="x">Send {"now"} {1} · <b>{t("k")}</b></p>;',
    );
    expect(literalWords(tree)).toEqual(['Old', 'Send ', 'now']);
  });

  it.each(files.filter((file) => file.endsWith('.tsx')))('%s shows no words of its own', (file) => {
    expect(literalWords(trees.get(file) ?? [])).toEqual([]);
  });
});
