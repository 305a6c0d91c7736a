import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  entryOf,
  type Instruction,
  instructions,
} from '../../../src/exchange/instructions/index.ts';
import { instructionDocs, rulesOf } from '../../docs/instructions.ts';
import { RULE_NOTES } from '../../docs/rule-notes.ts';

const names = Object.keys(instructions) as Instruction[];

describe('docs/instructions.md', () => {
  it('says what the table says: `npm run docs` after a change to the table', async () => {
    expect(readFileSync('docs/instructions.md', 'utf8')).toBe(await instructionDocs());
  });

  it('has a section for every instruction, with where it goes and what it may do', async () => {
    const docs = await instructionDocs();
    for (const name of names) {
      const { method, path, scope } = entryOf(name);
      expect(docs).toContain(`### ${name}\n\n\`${method} ${path}\` · scope **${scope}**`);
    }
    expect(docs).not.toMatch(/\bundefined\b/);
  });

  it('names what is left out', () => {
    expect(readFileSync('docs/instructions.md', 'utf8')).toMatch(
      /## Left out[\s\S]*withdrawals\/delay/,
    );
  });

  it('has words for every rule between fields, and for no other', () => {
    const rules = names.filter((name) => instructions[name].scope !== 'internal').flatMap(rulesOf);
    expect(rules.length).toBeGreaterThan(20);
    expect(Object.keys(RULE_NOTES).sort()).toEqual([...new Set(rules)].sort());
  });
});
