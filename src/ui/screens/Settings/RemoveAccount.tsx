import { useState } from 'preact/hooks';
import type { AccountInfo } from '../../../messaging/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { errorText } from '../../error-text.ts';
import { shortKey } from '../../format.ts';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';

interface RemoveAccountProps {
  app: App;
  account: AccountInfo;
  small?: boolean;
}

/** The button and the question behind it. The key itself stays registered on the exchange, and the text says so. */
export function RemoveAccount({ app, account, small = false }: RemoveAccountProps) {
  const [asking, setAsking] = useState(false);
  const remove = useAction(() => app.accounts.remove(account.id));
  return (
    <>
      <Button kind="danger" small={small} onPress={() => setAsking(true)}>
        {t('removeAccount')}
        <span class="visually-hidden"> {account.label}</span>
      </Button>
      {asking && (
        <Dialog title={t('removeTitle', account.label)} onBack={() => setAsking(false)}>
          <div class="stack">
            <p>{t('removeText', shortKey(account.apiKey))}</p>
            {remove.error && <Notice kind="error">{errorText(remove.error)}</Notice>}
            <div class="actions">
              <Button onPress={() => setAsking(false)}>{t('back')}</Button>
              <Button kind="danger" busy={remove.busy} onPress={() => void remove.run()}>
                {t('removeAccount')}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
