import { useState } from 'preact/hooks';
import type { Scope } from '../../../exchange/instructions/entry.ts';
import {
  type Instruction,
  instructions,
  isInstruction,
} from '../../../exchange/instructions/index.ts';
import { Field } from '../../components/Field.tsx';
import { fieldLabel } from '../../field-text.ts';
import { plural, t } from '../../text.ts';
import { ownScreen } from './own-screens.ts';

/** The scopes that a person may ask for, in the order of what is at stake. */
const SCOPES = [
  ['read', 'scopeRead'],
  ['trade', 'scopeTrade'],
  ['account', 'scopeAccount'],
  ['withdraw', 'scopeWithdraw'],
] as const satisfies readonly (readonly [Scope, string])[];

const NAMES = Object.keys(instructions).filter(isInstruction);

/** Every word of the search is in the instruction's name, its words or its path. */
function fits(name: Instruction, search: string): boolean {
  const text = `${name} ${fieldLabel(name)} ${instructions[name].path}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

interface InstructionListProps {
  chosen: Instruction | undefined;
  onChoose: (name: Instruction) => void;
}

/** Every instruction of the table that is not Buckle's alone, by what it lets its caller do. */
export function InstructionList({ chosen, onChoose }: InstructionListProps) {
  const [search, setSearch] = useState('');
  const found = NAMES.filter((name) => fits(name, search.trim()));
  const groups = SCOPES.map(([scope, key]) => ({
    key,
    names: found.filter((name) => instructions[name].scope === scope),
  })).filter(({ names }) => names.length > 0);
  return (
    <section class="instruction-list" aria-label={t('allInstructions')}>
      <Field label={t('searchInstructions')} value={search} onInput={setSearch} />
      <p class="visually-hidden" role="status">
        {plural(
          'instructionsFound',
          groups.reduce((sum, { names }) => sum + names.length, 0),
        )}
      </p>
      {groups.length === 0 && <p class="secondary">{t('noInstructionFound')}</p>}
      {groups.map(({ key, names }) => (
        <section key={key}>
          <h2>{t(key)}</h2>
          <ul>
            {names.map((name) => (
              <li key={name}>
                <button
                  type="button"
                  class="instruction-item"
                  aria-current={name === chosen ? 'true' : undefined}
                  onClick={() => onChoose(name)}
                >
                  <span>{fieldLabel(name)}</span>
                  <span class="secondary">
                    <code>{name}</code>
                    {ownScreen(name) && ` · ${t('hasOwnScreen')}`}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}
