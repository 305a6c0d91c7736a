import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Screen } from '../../components/Screen.tsx';
import type { Session } from '../../state/session.ts';
import { t } from '../../text.ts';

/** The browser gives Buckle no storage. Never a first run: the vault may well be there. */
export function NoStorage({ session }: { session: Pick<Session, 'open'> }) {
  return (
    <Screen title={t('noStorageTitle')}>
      <Notice kind="error">{t('noStorageNotice')}</Notice>
      <p>{t('noStorageText')}</p>
      <ul class="reasons">
        <li>{t('noStorageDisk')}</li>
        <li>{t('noStorageSetting')}</li>
        <li>{t('noStorageProfile')}</li>
      </ul>
      <Button kind="primary" onPress={() => void session.open()}>
        {t('tryAgain')}
      </Button>
    </Screen>
  );
}
