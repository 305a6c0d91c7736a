import { useRef } from 'preact/hooks';
import { invalid } from '../../../core/errors.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { typed, wipe } from '../../components/secret.ts';
import { useAction } from '../../components/use-action.ts';
import { errorText, fieldError, formError } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';

interface ChangePasswordProps {
  app: App;
  onBack: () => void;
  onDone: () => void;
}

export function ChangePassword({ app, onBack, onDone }: ChangePasswordProps) {
  const current = useRef<HTMLInputElement>(null);
  const next = useRef<HTMLInputElement>(null);
  const confirm = useRef<HTMLInputElement>(null);
  const change = useAction(async () => {
    if (typed(next) !== typed(confirm)) throw invalid('confirm', 'password-mismatch');
    await app.settings.changePassword(typed(current), typed(next));
    wipe(current, next, confirm);
    onDone();
  });
  const wrong = change.error?.code === 'WRONG_PASSWORD' ? change.error : undefined;
  const problem = wrong ? undefined : formError(change.error, ['password', 'confirm']);
  return (
    <Dialog title={t('changePassword')} onBack={onBack}>
      <Form error={change.error} onSubmit={() => void change.run()}>
        {problem && <Notice kind="error">{problem}</Notice>}
        <SecretField
          label={t('currentPassword')}
          autocomplete="current-password"
          inputRef={current}
          error={wrong && errorText(wrong)}
        />
        <SecretField
          label={t('newPassword')}
          hint={t('changePasswordHint')}
          autocomplete="new-password"
          inputRef={next}
          error={fieldError(change.error, 'password')}
        />
        <SecretField
          label={t('confirmNewPassword')}
          autocomplete="new-password"
          inputRef={confirm}
          error={fieldError(change.error, 'confirm')}
        />
        <div class="actions">
          <Button onPress={onBack}>{t('back')}</Button>
          <Button kind="primary" type="submit" busy={change.busy}>
            {t('changePassword')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
