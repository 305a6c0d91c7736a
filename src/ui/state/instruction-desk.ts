import { type ReadonlySignal, signal } from '@preact/signals';
import type { Instruction } from '../../exchange/instructions/index.ts';
import { createInstructionForm, type InstructionForm } from './instruction-form.ts';
import { type Part, part } from './part.ts';

/** The forms of all instructions, one shown at a time. What stands in the others stays. */
export interface InstructionDesk extends Part {
  readonly shown: ReadonlySignal<InstructionForm | undefined>;
  show(name: Instruction | undefined): void;
}

export const instructionDesk = part((trading): InstructionDesk => {
  const forms = new Map<Instruction, InstructionForm>();
  const shown = signal<InstructionForm | undefined>();
  const formOf = (name: Instruction): InstructionForm => {
    const there = forms.get(name);
    if (there) return there;
    const made = createInstructionForm(name, trading);
    forms.set(name, made);
    void made.restore();
    return made;
  };
  return {
    shown,
    show(name) {
      shown.value = name && formOf(name);
    },
    reset() {
      for (const form of forms.values()) form.reset();
    },
    restore() {
      for (const form of forms.values()) void form.restore();
    },
  };
});
