import { useState } from 'preact/hooks';
import { Account, Instructions } from '../../app/lazily.tsx';
import { About } from '../../components/About.tsx';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { errorText } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import { INSTRUCTIONS_HASH } from '../../state/navigation.ts';
import { t } from '../../text.ts';
import { AddAccount } from '../AddAccount/AddAccount.tsx';
import { saveFile } from '../common/save-file.ts';
import { EraseForm } from '../Forgot/EraseForm.tsx';
import { Inspector } from '../Inspector/Inspector.tsx';
import { Sites } from '../Sites/Sites.tsx';
import { AccountRow } from './AccountRow.tsx';
import { ChangePassword } from './ChangePassword.tsx';
import { Preferences } from './Preferences.tsx';
import { RateMeter } from './RateMeter.tsx';

export function Settings({ app }: { app: App }) {
  const { settingsPage, goSettings } = app.navigation;
  const shown = settingsPage.value;
  const back = (): void => goSettings(undefined);
  if (shown === 'adding') return <AddAccount app={app} onBack={back} />;
  if (shown === 'inspector') return <Inspector app={app} onBack={back} />;
  if (shown === 'account') return <Account app={app} onBack={back} />;
  if (shown === 'instructions') return <Instructions app={app} onBack={back} />;
  const selected = app.session.account.value;
  const isKnown = selected?.status === 'active';
  return (
    <div class="stack column settings">
      <h1>{t('tabSettings')}</h1>
      <section>
        <h2>{t('accounts')}</h2>
        <ul>
          {app.session.accounts.value.map((account) => (
            <AccountRow key={account.id} app={app} account={account} />
          ))}
        </ul>
        <Button icon="plus" onPress={() => goSettings('adding')}>
          {t('addAccount')}
        </Button>
      </section>
      {isKnown && (
        <section>
          <h2>{t('account')}</h2>
          <p class="secondary">{t('accountHint')}</p>
          <RateMeter app={app} account={selected.id} />
          <div class="actions">
            <Button onPress={() => goSettings('account')}>{t('openAccount')}</Button>
          </div>
        </section>
      )}
      {isKnown && (
        <section>
          <h2>{t('allInstructions')}</h2>
          <p class="secondary">
            {t('allInstructionsHint')} {app.surface === 'popup' && t('instructionsInFull')}
          </p>
          <div class="actions">
            {app.surface === 'full' ? (
              <Button onPress={() => goSettings('instructions')}>{t('allInstructionsOpen')}</Button>
            ) : (
              <Button icon="external" onPress={() => app.openFullPage(INSTRUCTIONS_HASH)}>
                {t('openFullPage')}
              </Button>
            )}
          </div>
        </section>
      )}
      <Sites app={app} />
      <Vault app={app} />
      <Preferences app={app} />
      {app.surface === 'full' && (
        <section>
          <h2>{t('inspector')}</h2>
          <p class="secondary">{t('inspectorHint')}</p>
          <div class="actions">
            <Button onPress={() => goSettings('inspector')}>{t('inspectorOpen')}</Button>
          </div>
        </section>
      )}
      <Erase app={app} />
      <footer>
        <About />
      </footer>
    </div>
  );
}

function Vault({ app }: { app: App }) {
  const [changing, setChanging] = useState(false);
  const [changed, setChanged] = useState(false);
  const backup = useAction(async () => {
    const { filename, text } = await app.settings.backup();
    saveFile(filename, text);
  });
  const done = (): void => {
    setChanging(false);
    setChanged(true);
  };
  return (
    <section>
      <h2>{t('backupAndPassword')}</h2>
      <p class="secondary">{t('backupText')}</p>
      {backup.error && <Notice kind="error">{errorText(backup.error)}</Notice>}
      {app.session.lacksSecond.value && <Notice kind="warn">{t('lacksSecond')}</Notice>}
      {changed && <Notice kind="success">{t('passwordChanged')}</Notice>}
      <div class="actions">
        <Button icon="download" busy={backup.busy} onPress={() => void backup.run()}>
          {t('backUp')}
        </Button>
        <Button onPress={() => setChanging(true)}>{t('changePassword')}</Button>
      </div>
      {changing && <ChangePassword app={app} onBack={() => setChanging(false)} onDone={done} />}
    </section>
  );
}

function Erase({ app }: { app: App }) {
  const [erasing, setErasing] = useState(false);
  return (
    <section class="danger-zone">
      <h2>{t('eraseTitle')}</h2>
      <Button kind="danger" onPress={() => setErasing(true)}>
        {t('eraseEverything')}
      </Button>
      {erasing && (
        <Dialog title={t('eraseTitle')} onBack={() => setErasing(false)}>
          <div class="stack">
            <EraseForm app={app} />
            <Button kind="quiet" onPress={() => setErasing(false)}>
              {t('back')}
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
