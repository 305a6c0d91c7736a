import { useRef } from 'preact/hooks';
import { invalid } from '../../../core/errors.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { FileField } from '../../components/FileField.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Screen } from '../../components/Screen.tsx';
import { typed, wipe } from '../../components/secret.ts';
import { useAction } from '../../components/use-action.ts';
import { errorText, fieldError, formError } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';

interface RestoreProps {
  app: App;
  /** There is a vault here, and the backup takes its place. */
  replaces: boolean;
}

/** Takes a backup file in. The background checks it whole before it replaces anything. */
export function Restore({ app, replaces }: RestoreProps) {
  const file = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const restore = useAction(async () => {
    const [chosen] = file.current?.files ?? [];
    if (!chosen) throw invalid('backup', 'required');
    if (typed(password) === '') throw invalid('password', 'required');
    await app.session.restore(await chosen.text(), typed(password));
    wipe(password);
  });
  const wrong = restore.error?.code === 'WRONG_PASSWORD' ? restore.error : undefined;
  const problem = wrong ? undefined : formError(restore.error, ['backup', 'password']);
  return (
    <Screen title={t('restoreFromBackup')}>
      <p>{t(replaces ? 'restoreReplacesText' : 'restoreText')}</p>
      {app.surface === 'popup' && (
        // Some browsers close a popup as soon as their file dialog opens.
        <Notice
          kind="info"
          action={{ label: t('openFullPage'), onPress: () => app.openFullPage('#restore') }}
        >
          {t('restorePopupText')}
        </Notice>
      )}
      <Form error={restore.error} onSubmit={() => void restore.run()}>
        {problem && <Notice kind="error">{problem}</Notice>}
        <FileField
          label={t('backupFile')}
          accept=".json"
          inputRef={file}
          error={fieldError(restore.error, 'backup')}
          onChange={restore.clear}
        />
        <SecretField
          label={t('password')}
          hint={t('backupPasswordHint')}
          autocomplete="current-password"
          inputRef={password}
          error={wrong ? errorText(wrong) : fieldError(restore.error, 'password')}
        />
        <Button kind="primary" type="submit" busy={restore.busy}>
          {t('restore')}
        </Button>
      </Form>
      <Button kind="quiet" onPress={() => app.navigation.restore(false)}>
        {t('back')}
      </Button>
    </Screen>
  );
}
