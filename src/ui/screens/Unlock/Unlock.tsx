import { useEffect, useRef, useState } from 'preact/hooks';
import { invalid } from '../../../core/errors.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Screen } from '../../components/Screen.tsx';
import { typed, wipe } from '../../components/secret.ts';
import { useAction } from '../../components/use-action.ts';
import { errorText, fieldError, formError } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import type { Session } from '../../state/session.ts';
import { t } from '../../text.ts';
import { Forgot } from '../Forgot/Forgot.tsx';

/** The vault is locked: the password, or the way out for who has forgotten it. */
export function Unlock({ app }: { app: App }) {
  const [forgot, setForgot] = useState(false);
  if (forgot) return <Forgot app={app} onBack={() => setForgot(false)} />;
  return (
    <Screen title={t('lockedTitle')}>
      <UnlockForm session={app.session} />
      <Button kind="quiet" onPress={() => setForgot(true)}>
        {t('forgotPassword')}
      </Button>
    </Screen>
  );
}

/** The field and the button that open the vault. */
export function UnlockForm({ session }: { session: Pick<Session, 'state' | 'unlock'> }) {
  const password = useRef<HTMLInputElement>(null);
  const unlock = useAction(async () => {
    const given = typed(password);
    if (given === '') throw invalid('password', 'required');
    wipe(password);
    await session.unlock(given);
  });
  useEffect(() => password.current?.focus(), []);
  const wrong = unlock.error?.code === 'WRONG_PASSWORD' ? unlock.error : undefined;
  const problem = wrong ? undefined : formError(unlock.error, ['password']);
  const { value: state } = session.state;
  return (
    <Form error={unlock.error} onSubmit={() => void unlock.run()}>
      {state.status === 'locked' && state.isOlder && <Notice kind="warn">{t('olderVault')}</Notice>}
      {problem && <Notice kind="error">{problem}</Notice>}
      <SecretField
        label={t('password')}
        autocomplete="current-password"
        inputRef={password}
        error={wrong ? errorText(wrong) : fieldError(unlock.error, 'password')}
      />
      <Button kind="primary" type="submit" busy={unlock.busy}>
        {t('unlock')}
      </Button>
    </Form>
  );
}
