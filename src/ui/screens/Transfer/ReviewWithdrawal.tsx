import { useRef } from 'preact/hooks';
import type { WireError } from '../../../core/errors.ts';
import { isSevere } from '../../../policy/transfer-warnings.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { HoldButton } from '../../components/HoldButton.tsx';
import { Notice } from '../../components/Notice.tsx';
import { typed, wipe } from '../../components/secret.ts';
import { errorText } from '../../error-text.ts';
import { shortAddress } from '../../format.ts';
import { plural, t } from '../../text.ts';
import { WithdrawalFacts, type WithdrawalFactsProps } from './WithdrawalFacts.tsx';

interface ReviewWithdrawalProps extends WithdrawalFactsProps {
  /** Withdrawals like this one whose fate is not known yet. */
  twins: number;
  busy: boolean;
  /** Why it was not sent as it was confirmed. */
  error: WireError | undefined;
  onBack: () => void;
  /** `takePassword` reads the field and empties it, once: only when it is needed. */
  onConfirm: (takePassword: () => string) => void;
}

/** What is said of the password; anything else is said above it. */
const passwordError = (error: WireError | undefined): string | undefined => {
  const isAbout =
    error?.code === 'WRONG_PASSWORD' ||
    (error?.code === 'INVALID_INPUT' && error.data.path === 'password');
  return error && isAbout ? errorText(error) : undefined;
};

/** The last look before money leaves for good: everything that is signed, and the password. */
export function ReviewWithdrawal(props: ReviewWithdrawalProps) {
  const { prepared, warnings, fee, twins, busy, error, onBack, onConfirm } = props;
  const password = useRef<HTMLInputElement>(null);
  const severe = isSevere(warnings) || twins > 0;
  const { quantity, symbol, address } = prepared.params;
  const what = t('withdrawTo', String(quantity), String(symbol), shortAddress(String(address)));
  const beside = passwordError(error);
  const take = (): string => {
    const text = typed(password);
    wipe(password);
    return text;
  };
  const confirm = (): void => {
    if (!busy) onConfirm(take);
  };
  return (
    <Dialog title={t('reviewWithdrawal')} onBack={onBack} tone="danger">
      <Form onSubmit={severe ? () => undefined : confirm} error={error}>
        {twins > 0 && <Notice kind="error">{plural('twinWithdrawals', twins)}</Notice>}
        <div>
          <WithdrawalFacts
            prepared={prepared}
            warnings={warnings}
            fee={fee}
            withToken={props.withToken ?? false}
          />
        </div>
        {error && !beside && <Notice kind="error">{errorText(error)}</Notice>}
        <SecretField
          label={t('password')}
          autocomplete="current-password"
          inputRef={password}
          hint={t('passwordEachTime')}
          error={beside}
        />
        <div class="dialog-actions">
          <Button onPress={onBack}>{t('back')}</Button>
          {severe ? (
            <HoldButton busy={busy} onConfirm={confirm}>
              {what}
            </HoldButton>
          ) : (
            <Button kind="danger" type="submit" busy={busy}>
              {what}
            </Button>
          )}
        </div>
      </Form>
    </Dialog>
  );
}
