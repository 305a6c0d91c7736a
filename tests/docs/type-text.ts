import { type Anatomy, fieldsOf, isTransformed } from './anatomy.ts';

const LINE = 100;

/** A schema as the TypeScript type of what passes it, formatted as the rest of the source is. */
export interface TypeWriter {
  /** @param indent - Of the line that the type begins on. */
  type(schema: Anatomy, indent: string): string;
  /** `{ … }`, one line a field. */
  object(schema: Anatomy, indent: string): string;
}

const quoted = (value: unknown): string =>
  typeof value === 'string' ? `'${value}'` : String(value);

/** @param names - Shapes with a name of their own, which is written in their place. */
export function createTypeWriter(names: ReadonlyMap<unknown, string>): TypeWriter {
  const type = (schema: Anatomy, indent: string): string => {
    const name = names.get(schema);
    if (name !== undefined) return name;
    // What the source turns into something else it turns into text.
    if (isTransformed(schema)) return 'string';
    const { wrapped, item, value, options = [] } = schema;
    const inner = (part: Anatomy | undefined): string => (part ? type(part, indent) : 'unknown');
    switch (schema.type) {
      case 'string':
      case 'number':
      case 'boolean':
      case 'null':
      case 'undefined':
        return schema.type;
      case 'literal':
        return quoted(schema.literal);
      case 'picklist':
        return options.map(quoted).join(' | ');
      case 'union':
      case 'variant':
        return [...new Set(options.map((each) => inner(each as Anatomy)))].join(' | ');
      case 'array': {
        const of = inner(item);
        return /[|&]/.test(of) && !of.startsWith('{') ? `(${of})[]` : `${of}[]`;
      }
      case 'record':
        return `Record<string, ${inner(value)}>`;
      case 'nullable':
      case 'nullish':
        return `${inner(wrapped)} | null`;
      case 'optional':
        return `${inner(wrapped)} | undefined`;
      case 'object':
      case 'loose_object':
      case 'strict_object':
        return object(schema, indent);
      default:
        throw new Error(`no type is known for the schema ${schema.type}`);
    }
  };

  const object = (schema: Anatomy, indent: string): string => {
    const fields = fieldsOf(schema);
    if (fields.length === 0) return 'Record<string, never>';
    const deeper = `${indent}  `;
    const lines = fields.map((field) => {
      const isNullish = schema.entries?.[field.name]?.type === 'nullish';
      const text = `${type(field.schema, deeper)}${isNullish ? ' | null' : ''}`;
      const line = `${deeper}${field.name}${field.optional ? '?' : ''}: ${text};`;
      if (line.length <= LINE || line.includes('\n')) return line;
      const options = text.split(' | ').map((option) => `\n${deeper}  | ${option}`);
      return `${deeper}${field.name}${field.optional ? '?' : ''}:${options.join('')};`;
    });
    return `{\n${lines.join('\n')}\n${indent}}`;
  };
  return { type, object };
}
