import { useEffect, useRef, useState } from 'preact/hooks';
import type { WireError } from '../../../core/errors.ts';
import type { TwoFactor } from '../../../messaging/requests.ts';
import { Button } from '../../components/Button.tsx';
import { Choice } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { typed, wipe } from '../../components/secret.ts';
import { errorText } from '../../error-text.ts';
import { t } from '../../text.ts';

interface TwoFactorDialogProps {
  /** `first`: nothing was sent yet. */
  reason: 'first' | 'needed' | 'wrong' | 'disabled';
  /** The refusal, with the exchange's own words. */
  refusal?: WireError | undefined;
  busy: boolean;
  /** Why the code did not get as far as the exchange. */
  error: WireError | undefined;
  onBack: () => void;
  /** The code has been taken out of the field by then. */
  onConfirm: (twoFactor: TwoFactor) => void;
}

/** Where the exchange's address book says which addresses need no second factor. */
const ADDRESS_BOOK = 'https://backpack.exchange/settings/address-book';

const EXPLAINED = {
  first: 'twoFactorFirst',
  needed: 'twoFactorNeeded',
  wrong: 'twoFactorWrong',
  disabled: 'twoFactorDisabled',
} as const;

/** The exchange's own words, without ours around them. */
const wordsOf = (refusal: WireError | undefined): string =>
  refusal?.code === 'EXCHANGE' ? refusal.data.message.trim() || refusal.data.code : '';

const unusable = (reason: 'required' | 'character'): WireError => ({
  code: 'INVALID_INPUT',
  data: { path: 'code', reason },
});

/** What cannot be a code. What is right is the exchange's to say. */
function problemOf(text: string): WireError | undefined {
  if (text === '') return unusable('required');
  return /^[A-Za-z0-9]{1,64}$/.test(text) ? undefined : unusable('character');
}

/** Asks for a second factor for one withdrawal. The code is read once, emptied, and kept nowhere. */
export function TwoFactorDialog(props: TwoFactorDialogProps) {
  const { reason, refusal, busy, error, onBack, onConfirm } = props;
  const code = useRef<HTMLInputElement>(null);
  const [way, setWay] = useState<TwoFactor['way']>('code');
  const [problem, setProblem] = useState<WireError>();
  const words = wordsOf(refusal);
  useEffect(() => {
    if (reason === 'wrong') code.current?.focus();
  }, [reason, refusal]);
  const submit = (): void => {
    if (busy) return;
    const text = typed(code).replaceAll(/\s/g, '');
    wipe(code);
    const found = problemOf(text);
    setProblem(found);
    if (!found) onConfirm({ way, code: text });
  };
  return (
    <Dialog title={t('twoFactorCode')} onBack={onBack} tone="danger">
      <Notice kind={reason === 'wrong' || reason === 'disabled' ? 'error' : 'info'}>
        <p>{t(EXPLAINED[reason])}</p>
        {words && <p>{t('exchangeSays', words)}</p>}
      </Notice>
      <p>
        {t('twoFactorExempt')}{' '}
        <a href={ADDRESS_BOOK} target="_blank" rel="noreferrer">
          {ADDRESS_BOOK}
        </a>
      </p>
      {reason === 'disabled' ? (
        <div class="dialog-actions">
          <Button onPress={onBack}>{t('back')}</Button>
        </div>
      ) : (
        <Form onSubmit={submit} error={problem ?? error}>
          <Choice
            label={t('twoFactorWay')}
            value={way}
            options={[
              { value: 'code', text: t('twoFactorPlain') },
              { value: 'app', text: t('twoFactorApp') },
              { value: 'email', text: t('twoFactorEmail') },
            ]}
            onChange={setWay}
          />
          <p class="field-hint">
            {t(way === 'code' ? 'twoFactorPlainHint' : 'twoFactorTokenHint')}
          </p>
          {error && <Notice kind="error">{errorText(error)}</Notice>}
          <SecretField
            label={t('code')}
            autocomplete="one-time-code"
            inputMode="numeric"
            inputRef={code}
            hint={t('codeHint')}
            error={problem && errorText(problem)}
          />
          <div class="dialog-actions">
            <Button onPress={onBack}>{t('back')}</Button>
            <Button kind="danger" type="submit" busy={busy}>
              {t('confirm')}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  );
}
