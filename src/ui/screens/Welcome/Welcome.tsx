import { useEffect, useRef } from 'preact/hooks';
import { invalid } from '../../../core/errors.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Screen } from '../../components/Screen.tsx';
import { typed, wipe } from '../../components/secret.ts';
import { useAction } from '../../components/use-action.ts';
import { fieldError, formError } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';

/** First run: a password for a new vault, or a backup of an old one. */
export function Welcome({ app }: { app: App }) {
  const password = useRef<HTMLInputElement>(null);
  const confirm = useRef<HTMLInputElement>(null);
  const create = useAction(async () => {
    if (typed(password) !== typed(confirm)) throw invalid('confirm', 'password-mismatch');
    await app.session.create(typed(password));
    wipe(password, confirm);
  });
  useEffect(() => password.current?.focus(), []);
  const problem = formError(create.error, ['password', 'confirm']);
  return (
    <Screen title={t('welcomeTitle')}>
      <p>{t('welcomeText')}</p>
      <Form error={create.error} onSubmit={() => void create.run()}>
        {problem && <Notice kind="error">{problem}</Notice>}
        <SecretField
          label={t('password')}
          hint={t('passwordHint')}
          autocomplete="new-password"
          inputRef={password}
          error={fieldError(create.error, 'password')}
        />
        <SecretField
          label={t('confirmPassword')}
          autocomplete="new-password"
          inputRef={confirm}
          error={fieldError(create.error, 'confirm')}
        />
        <Button kind="primary" type="submit" busy={create.busy}>
          {t('createVault')}
        </Button>
      </Form>
      <Button onPress={() => app.navigation.restore(true)}>{t('restoreFromBackup')}</Button>
    </Screen>
  );
}
