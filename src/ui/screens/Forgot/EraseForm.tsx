import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { useAction } from '../../components/use-action.ts';
import { errorText } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';

const CONFIRMATION = 'ERASE';

/** Erases everything once the word has been typed; a slip of the hand cannot. */
export function EraseForm({ app }: { app: App }) {
  const [word, setWord] = useState('');
  const [refused, setRefused] = useState(false);
  const erase = useAction(() => app.session.erase(CONFIRMATION));
  const onSubmit = (): void => {
    if (word.trim() === CONFIRMATION) void erase.run();
    else setRefused(true);
  };
  const failure = erase.error && errorText(erase.error);
  const error = refused ? t('eraseTypeExactly', CONFIRMATION) : failure;
  return (
    <Form error={erase.error} onSubmit={onSubmit}>
      <p>{t('eraseText')}</p>
      <Field
        label={t('eraseConfirm', CONFIRMATION)}
        value={word}
        error={error}
        onInput={(value) => {
          setWord(value);
          setRefused(false);
        }}
      />
      <Button kind="danger" type="submit" busy={erase.busy}>
        {t('eraseEverything')}
      </Button>
    </Form>
  );
}
