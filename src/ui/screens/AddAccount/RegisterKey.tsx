import type { AccountInfo } from '../../../messaging/contract.ts';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Field } from '../../components/Field.tsx';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';
import { RemoveAccount } from '../Settings/RemoveAccount.tsx';
import { VerdictNotice } from './VerdictNotice.tsx';

const API_KEYS_URL = 'https://backpack.exchange/settings/api-keys';

/** A key that the exchange has not been seen to know: how to register it, and the question whether it does now. */
export function RegisterKey({ app, account }: { app: App; account: AccountInfo }) {
  const check = app.accounts.checks.value.get(account.id);
  if (check?.status === 'checking' && check.first) {
    return <p role="status">{t('verdictChecking', account.label)}</p>;
  }
  return (
    <div class="stack column">
      <h1>{t('registerTitle', account.label)}</h1>
      <VerdictNotice check={check} />
      <p>{t('registerText')}</p>
      <Field label={t('publicKey')} value={account.apiKey} readOnly>
        <CopyButton text={account.apiKey} label={t('copyPublicKey')} />
      </Field>
      <ol class="steps">
        <li>
          {t('registerStepOpen')}{' '}
          <a href={API_KEYS_URL} target="_blank" rel="noreferrer">
            {API_KEYS_URL.replace('https://', '')}
          </a>
        </li>
        <li>{t('registerStepPaste')}</li>
        <li>{t('registerStepBack')}</li>
      </ol>
      <Button
        kind="primary"
        busy={check?.status === 'checking'}
        onPress={() => void app.accounts.verify(account.id)}
      >
        {t('registered')}
      </Button>
      <RemoveAccount app={app} account={account} />
    </div>
  );
}
