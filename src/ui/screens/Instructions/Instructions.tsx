import { Button } from '../../components/Button.tsx';
import type { App } from '../../state/app.ts';
import { instructionDesk } from '../../state/instruction-desk.ts';
import { t } from '../../text.ts';
import { InstructionForm } from './InstructionForm.tsx';
import { InstructionList } from './InstructionList.tsx';

/** All that the exchange's API signs, each with a form made from its entry in the table. */
export function Instructions({ app, onBack }: { app: App; onBack: () => void }) {
  const desk = instructionDesk(app.trading);
  const form = desk.shown.value;
  return (
    <div class="stack instructions">
      <div class="inspector-head">
        <Button
          icon="back"
          iconOnly
          title={t('back')}
          onPress={form ? () => desk.show(undefined) : onBack}
        >
          {t('back')}
        </Button>
        <h1>{t('allInstructions')}</h1>
      </div>
      <p class="secondary">{t('allInstructionsText')}</p>
      <div class={form ? 'instruction-columns chosen' : 'instruction-columns'}>
        <InstructionList chosen={form?.name} onChoose={desk.show} />
        {form ? (
          <InstructionForm key={form.name} app={app} form={form} />
        ) : (
          <div class="table-empty">
            <p class="empty-title">{t('chooseInstruction')}</p>
            <p>{t('chooseInstructionHint')}</p>
          </div>
        )}
      </div>
    </div>
  );
}
