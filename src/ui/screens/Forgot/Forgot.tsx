import { Button } from '../../components/Button.tsx';
import { Screen } from '../../components/Screen.tsx';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';
import { EraseForm } from './EraseForm.tsx';

/** There is no way round the password: a backup whose password is known, or a new start. */
export function Forgot({ app, onBack }: { app: App; onBack: () => void }) {
  return (
    <Screen title={t('forgotTitle')}>
      <p>{t('forgotText')}</p>
      <Button onPress={() => app.navigation.restore(true)}>{t('restoreFromBackup')}</Button>
      <section class="danger-zone">
        <h2>{t('eraseTitle')}</h2>
        <EraseForm app={app} />
      </section>
      <Button kind="quiet" onPress={onBack}>
        {t('back')}
      </Button>
    </Screen>
  );
}
