/** A figure: what was measured, what is to hold, and whether it does. */
export interface Row {
  what: string;
  measured: string;
  target: string;
  holds: boolean;
}

const HEAD = ['What', 'Measured', 'To hold', 'Verdict'] as const;
const cells = ({ what, measured, target, holds }: Row): readonly string[] => [
  what,
  measured,
  target,
  holds ? 'holds' : 'over',
];

/** For a terminal: in columns. */
export function textTable(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const padded = (line: readonly string[]): string =>
    line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ');
  return lines.map((line) => padded(line).trimEnd()).join('\n');
}

/** For a document. */
export const markdownTable = (rows: readonly Row[]): string =>
  [HEAD, HEAD.map(() => '---'), ...rows.map(cells)]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');

const BEGIN = '<!-- written by npm run bench -- --write -->';
const END = '<!-- end -->';

/** The document with this in the place that is kept for it. @throws if it has no such place */
export function withMeasured(document: string, measured: string): string {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) {
    throw new Error('the document has no place for what was measured');
  }
  return `${before}${BEGIN}\n\n${measured}\n\n${END}${after}`;
}
