import { useEffect, useRef, useState } from 'preact/hooks';
import * as v from 'valibot';
import { Button } from '../../components/Button.tsx';
import { Field, SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { typed, wipe } from '../../components/secret.ts';
import { useAction } from '../../components/use-action.ts';
import { fieldError, formError } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';

const FORM = 'add-account';
const draftSchema = v.object({ label: v.string(), apiKey: v.string() });
const EMPTY = { label: '', apiKey: '' };

/** Two ways in: a key pair made here, whose secret nobody ever sees, or a key that exists already. */
export function AddAccount({ app, onBack }: { app: App; onBack?: () => void }) {
  const [draft, setDraft] = useState(EMPTY);
  const secret = useRef<HTMLInputElement>(null);
  useEffect(() => {
    void app.drafts.read(FORM).then((kept) => {
      if (v.is(draftSchema, kept)) setDraft((now) => (now === EMPTY ? kept : now));
    });
  }, [app]);
  const change = (part: Partial<typeof EMPTY>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    app.drafts.write(FORM, next);
  };
  const finish = (): void => {
    app.drafts.write(FORM, null);
    app.drafts.flush();
    app.navigation.go('balances');
  };

  const generate = useAction(async () => {
    await app.accounts.generate(draft.label);
    finish();
  });
  const importKey = useAction(async () => {
    await app.accounts.importKey(draft.label, draft.apiKey.trim(), typed(secret).trim());
    wipe(secret);
    finish();
  });
  const start = (action: typeof generate): void => {
    generate.clear();
    importKey.clear();
    void action.run();
  };
  const error = generate.error ?? importKey.error;
  const problem = formError(error, ['label', 'apiKey', 'secret']);

  return (
    <div class="stack column">
      <h1>{t('addAccountTitle')}</h1>
      {problem && <Notice kind="error">{problem}</Notice>}
      <Form error={generate.error} onSubmit={() => start(generate)}>
        <Field
          label={t('accountName')}
          hint={t('accountNameHint')}
          value={draft.label}
          maxLength={64}
          error={fieldError(error, 'label')}
          onInput={(label) => change({ label })}
        />
        <div class="card">
          <h2>{t('generateTitle')}</h2>
          <p class="secondary">{t('generateText')}</p>
          <Button kind="primary" type="submit" busy={generate.busy}>
            {t('generateKeyPair')}
          </Button>
        </div>
      </Form>
      <div class="card">
        <h2>{t('importTitle')}</h2>
        <Form error={importKey.error} onSubmit={() => start(importKey)}>
          <Field
            label={t('apiKey')}
            value={draft.apiKey}
            maxLength={200}
            error={fieldError(error, 'apiKey')}
            onInput={(apiKey) => change({ apiKey })}
          />
          <SecretField
            label={t('apiSecret')}
            hint={t('apiSecretHint')}
            autocomplete="off"
            inputRef={secret}
            error={fieldError(error, 'secret')}
          />
          <Button type="submit" busy={importKey.busy}>
            {t('importKey')}
          </Button>
        </Form>
      </div>
      {onBack && (
        <Button kind="quiet" onPress={onBack}>
          {t('back')}
        </Button>
      )}
    </div>
  );
}
