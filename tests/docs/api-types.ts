import { entryOf, instructions } from '../../src/exchange/instructions/index.ts';
import { type Anatomy, anatomyOf, namedShapes } from './anatomy.ts';
import { createTypeWriter } from './type-text.ts';

export const BEGIN = '// From the instruction table, by `npm run docs`. Begin.';
export const END = '// From the instruction table. End.';

/** Instructions that a site may name, in the order of the table. */
export const siteInstructions = (): string[] =>
  Object.keys(instructions).filter((name) => entryOf(name).scope !== 'internal');

/** Names that occur in a text, and in the texts of those, each once. */
function used(text: string, shapes: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  const look = (part: string): void => {
    for (const [name, shape] of shapes) {
      if (!found.includes(name) && new RegExp(`(?<!')\\b${name}\\b(?!')`).test(part)) {
        found.push(name);
        look(shape);
      }
    }
  };
  look(text);
  return found.sort();
}

/** The part of the public types that the table gives. */
export async function tableTypes(): Promise<string> {
  const names = await namedShapes();
  const write = createTypeWriter(names);
  const shapes = new Map<string, string>();
  for (const [schema, name] of names) {
    const { entries } = schema as Anatomy;
    if (entries)
      shapes.set(name, `export interface ${name} ${write.object(schema as Anatomy, '')}`);
  }
  const entries = siteInstructions().map((name) => {
    const { method, path, scope, params, answer } = entryOf(name);
    return [
      `  /** \`${method} ${path}\` */`,
      `  ${name}: {`,
      `    scope: '${scope}';`,
      `    params: ${write.type(anatomyOf(params), '    ')};`,
      `    answer: ${write.type(anatomyOf(answer), '    ')};`,
      '  };',
    ].join('\n');
  });
  const table = `export interface Instructions {\n${entries.join('\n')}\n}`;
  const named = used(table, shapes).map((name) => shapes.get(name));
  return [BEGIN, ...named, '/** Every instruction that a page may name. */', table, END]
    .join('\n\n')
    .replace('*/\n\nexport', '*/\nexport');
}

/** A source with the part between the two marks replaced. */
export function withTableTypes(source: string, types: string): string {
  const [before, rest] = source.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('the marks are missing');
  return before + types + after;
}
