import { useState } from 'preact/hooks';
import type { AccountInfo } from '../../../messaging/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Field } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { fieldError, formError } from '../../error-text.ts';
import { shortKey } from '../../format.ts';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';
import { VerdictNotice } from '../AddAccount/VerdictNotice.tsx';
import { RemoveAccount } from './RemoveAccount.tsx';

interface AccountProps {
  app: App;
  account: AccountInfo;
}

function Rename({ app, account, onDone }: AccountProps & { onDone: () => void }) {
  const [label, setLabel] = useState(account.label);
  const rename = useAction(async () => {
    await app.accounts.rename(account.id, label);
    onDone();
  });
  const problem = formError(rename.error, ['label']);
  return (
    <Dialog title={t('renameTitle', account.label)} onBack={onDone}>
      <Form error={rename.error} onSubmit={() => void rename.run()}>
        {problem && <Notice kind="error">{problem}</Notice>}
        <Field
          label={t('accountName')}
          value={label}
          maxLength={64}
          error={fieldError(rename.error, 'label')}
          onInput={setLabel}
        />
        <div class="actions">
          <Button onPress={onDone}>{t('back')}</Button>
          <Button kind="primary" type="submit" busy={rename.busy}>
            {t('saveName')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

/** One account in the settings: what it is called, whether the exchange knows it, what can be done with it. */
export function AccountRow({ app, account }: AccountProps) {
  const [renaming, setRenaming] = useState(false);
  const check = app.accounts.checks.value.get(account.id);
  const named = <span class="visually-hidden"> {account.label}</span>;
  return (
    <li class="account">
      <div class="account-head">
        <strong>{account.label}</strong>
        <code title={account.apiKey}>{shortKey(account.apiKey)}</code>
        <span class="secondary">
          {t(account.status === 'active' ? 'statusActive' : 'statusUnregistered')}
        </span>
      </div>
      <VerdictNotice check={check} />
      <div class="account-actions">
        <Button small onPress={() => setRenaming(true)}>
          {t('rename')}
          {named}
        </Button>
        <Button
          small
          busy={check?.status === 'checking'}
          onPress={() => void app.accounts.verify(account.id)}
        >
          {t('verifyKey')}
          {named}
        </Button>
        <RemoveAccount app={app} account={account} small />
      </div>
      {renaming && <Rename app={app} account={account} onDone={() => setRenaming(false)} />}
    </li>
  );
}
