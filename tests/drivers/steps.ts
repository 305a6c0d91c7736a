/** How a name or text is compared, as plain JSON so that it can travel into a page. */
export type Match =
  | { kind: 'starts' | 'contains'; text: string }
  | { kind: 'pattern'; source: string; flags: string };

/** One step of a lookup; a locator is a list of them, each inside what the one before found. */
export type Step =
  | { by: 'role'; role: string; name?: Match }
  | { by: 'label' | 'text'; match: Match }
  | { by: 'css'; selector: string }
  | { by: 'nth'; index: number };

/** Elements that a label can name. */
export const FIELDS =
  'input, textarea, select, output, meter, progress, [contenteditable], [role=textbox], [role=combobox], [role=spinbutton], [role=switch], [role=checkbox], [role=radio]';

export const matchOf = (text: string | RegExp, kind: 'starts' | 'contains'): Match =>
  typeof text === 'string'
    ? { kind, text }
    : { kind: 'pattern', source: text.source, flags: text.flags };

/** The same comparison as a RegExp; a space in a text stands for any white space. */
export function patternOf(match: Match): RegExp {
  if (match.kind === 'pattern') return new RegExp(match.source, match.flags);
  const literal = match.text
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s+/g, '\\s+');
  return new RegExp(match.kind === 'starts' ? `^\\s*${literal}` : literal);
}

export const roleStep = (role: string, name?: string | RegExp): Step =>
  name === undefined ? { by: 'role', role } : { by: 'role', role, name: matchOf(name, 'starts') };
export const labelStep = (text: string | RegExp): Step => ({
  by: 'label',
  match: matchOf(text, 'starts'),
});
export const textStep = (text: string | RegExp): Step => ({
  by: 'text',
  match: matchOf(text, 'contains'),
});

/** "role button Create vault, nth 0": a lookup in words, for errors. */
export const describeSteps = (steps: readonly Step[]): string =>
  steps
    .map((step) => {
      if (step.by === 'nth') return `nth ${step.index}`;
      if (step.by === 'css') return `css ${step.selector}`;
      if (step.by === 'role')
        return `role ${step.role}${step.name ? ` ${patternOf(step.name)}` : ''}`;
      return `${step.by} ${patternOf(step.match)}`;
    })
    .join(' in which ');
