import { useState } from 'preact/hooks';
import { invalid } from '../../../core/errors.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { fieldError, formError } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';

const PATH = 'windowMs';
const LEAST_MS = 1000;
const MOST_MS = 60_000;

/** @throws INVALID_INPUT at `windowMs`: required, number-format, minimum, maximum. */
function parseWindow(typed: string): number {
  const text = typed.trim();
  if (text === '') throw invalid(PATH, 'required');
  if (!/^\d{1,9}$/.test(text)) throw invalid(PATH, 'number-format');
  const ms = Number(text);
  if (ms < LEAST_MS) throw invalid(PATH, 'minimum', String(LEAST_MS));
  if (ms > MOST_MS) throw invalid(PATH, 'maximum', String(MOST_MS));
  return ms;
}

/** How long a signed request may travel before the exchange refuses it. */
export function WindowSetting({ app, windowMs }: { app: App; windowMs: number }) {
  const [typed, setTyped] = useState(String(windowMs));
  const save = useAction(async () => app.settings.change({ windowMs: parseWindow(typed) }));
  const problem = formError(save.error, [PATH]);
  return (
    <Form error={save.error} onSubmit={() => void save.run()}>
      {problem && <Notice kind="error">{problem}</Notice>}
      <Field
        label={t('windowMs')}
        hint={t('windowMsHint')}
        unit={t('unitMs')}
        inputMode="numeric"
        value={typed}
        error={fieldError(save.error, PATH)}
        onInput={setTyped}
      >
        <Button type="submit" busy={save.busy} disabled={typed === String(windowMs)}>
          {t('save')}
        </Button>
      </Field>
    </Form>
  );
}
