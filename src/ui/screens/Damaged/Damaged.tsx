import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Screen } from '../../components/Screen.tsx';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';
import { EraseForm } from '../Forgot/EraseForm.tsx';

/** The vault is there and cannot be read. Never a first run: that would hide the loss. */
export function Damaged({ app }: { app: App }) {
  return (
    <Screen title={t('damagedTitle')}>
      <Notice kind="error">{t('damagedNotice')}</Notice>
      <p>{t('damagedText')}</p>
      <Button kind="primary" onPress={() => app.navigation.restore(true)}>
        {t('restoreFromBackup')}
      </Button>
      <section class="danger-zone">
        <h2>{t('eraseTitle')}</h2>
        <EraseForm app={app} />
      </section>
    </Screen>
  );
}
