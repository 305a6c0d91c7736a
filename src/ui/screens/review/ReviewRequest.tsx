import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { WireError } from '../../../core/errors.ts';
import { entryOf } from '../../../exchange/instructions/index.ts';
import type { Prepared, TwoFactor } from '../../../messaging/requests.ts';
import { Remarks } from '../../approval/Remarks.tsx';
import { Estimates, Fee, RequestSentence } from '../../approval/Request.tsx';
import { type Remark, requestRemarks } from '../../approval/remarks.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { HoldButton } from '../../components/HoldButton.tsx';
import { Notice } from '../../components/Notice.tsx';
import { typed, wipe } from '../../components/secret.ts';
import { errorText } from '../../error-text.ts';
import { fieldLabel, valueText } from '../../field-text.ts';
import { shortKey } from '../../format.ts';
import { orderOf, qualifiersOf } from '../../order-qualifiers.ts';
import { openTwins, type PlacementState } from '../../state/placement.ts';
import type { Requests } from '../../state/requests.ts';
import { reviewSurroundings } from '../../state/review-surroundings.ts';
import type { Trading } from '../../state/trading.ts';
import { type PluralKey, plural, sentence, t } from '../../text.ts';
import { SignedText } from '../common/SignedText.tsx';
import { TwoFactorDialog } from '../Transfer/TwoFactorDialog.tsx';

interface ReviewProps {
  trading: Trading;
  placement: PlacementState<never>;
  /** The dialog's title. */
  title: string;
  /** What else is to be known before it is confirmed. */
  remarks?: readonly Remark[];
}

/** How it can be found out what became of it if its answer is lost. */
const OUTCOMES = {
  byClientId: 'outcomeByClientId',
  byState: 'outcomeByState',
  cannot: 'outcomeCannot',
} as const;

/** What is said of the password; anything else is said above it. */
const passwordError = (error: WireError | undefined): string | undefined => {
  const isAbout =
    error?.code === 'WRONG_PASSWORD' ||
    (error?.code === 'INVALID_INPUT' && error.data.path === 'password');
  return error && isAbout ? errorText(error) : undefined;
};

/** What it does, in one sentence; a withdrawal with its address to be compared. */
function Sentence({ prepared }: { prepared: Prepared }) {
  const order = orderOf(prepared);
  if (prepared.instruction === 'withdraw') return <RequestSentence request={prepared} />;
  return (
    <>
      <p class="review-sentence">{sentence(prepared.phrase)}</p>
      {order && <p class="review-qualifiers">{qualifiersOf(order)}</p>}
    </>
  );
}

function Fields({ prepared, children }: { prepared: Prepared; children: ComponentChildren }) {
  return (
    <dl class="review-fields">
      <div>
        <dt>{t('account')}</dt>
        <dd title={prepared.apiKey}>{`${prepared.label} · ${shortKey(prepared.apiKey)}`}</dd>
      </div>
      {Object.entries(prepared.params).map(([name, value]) => (
        <div key={name}>
          <dt>{fieldLabel(name)}</dt>
          <dd>{valueText(name, value)}</dd>
        </div>
      ))}
      {children}
    </dl>
  );
}

/** What a second one like it would double. */
const ALIKE = ['symbol', 'side', 'address', 'vaultId', 'rfqId'];
const TWINS: Readonly<Record<string, PluralKey>> = {
  orderExecute: 'twinOrders',
  withdraw: 'twinWithdrawals',
};

/** Requests like this one whose fate is not known yet. What takes back or sets may be done twice without harm. */
function twinRemarks(requests: Requests, { id, instruction, method, params }: Prepared): Remark[] {
  if (method !== 'POST') return [];
  const alike = Object.entries(params).filter(([name]) => ALIKE.includes(name));
  // Once confirmed it is open itself.
  const open = openTwins(requests, instruction, Object.fromEntries(alike));
  const twins = open.filter((view) => view.id !== id).length;
  if (twins === 0) return [];
  const words = plural(TWINS[instruction] ?? 'twinRequests', twins);
  return [{ key: 'twins', severity: 'severe', words }];
}

function Review(props: ReviewProps & { prepared: Prepared }) {
  const { trading, placement, prepared, title, remarks: own = [] } = props;
  const { around, look } = reviewSurroundings(trading);
  useEffect(() => {
    look(prepared);
    return () => look(undefined);
  }, [look, prepared]);
  const password = useRef<HTMLInputElement>(null);
  const busy = placement.busy.value === 'sending';
  const error = placement.prompt.value ? undefined : placement.error.value;
  const beside = passwordError(error);
  const remarks = [
    ...twinRemarks(trading.requests, prepared),
    ...own,
    ...requestRemarks(prepared, around),
  ];
  const severe = remarks.some(({ severity }) => severity === 'severe');
  const looked = around.looked.value;
  const { outcome } = entryOf(prepared.instruction);
  const { key, values } = prepared.phrase;
  const what = sentence({ key, values });
  const confirm = (): void => {
    if (busy || looked === 'waiting') return;
    const secrets = prepared.needsPassword ? { password: typed(password) } : {};
    wipe(password);
    void placement.place(secrets);
  };
  return (
    <Dialog
      title={title}
      onBack={placement.back}
      tone={prepared.needsPassword ? 'danger' : undefined}
    >
      <Form onSubmit={severe ? () => undefined : confirm} error={error}>
        <div>
          <Sentence prepared={prepared} />
          {looked === 'failed' && <Notice kind="warn">{t('approvalUnchecked')}</Notice>}
          <Remarks remarks={remarks} />
          <Fields prepared={prepared}>
            <Estimates request={prepared} surroundings={around} />
            <Fee request={prepared} surroundings={around} />
          </Fields>
          {outcome && <p class="secondary review-outcome">{t(OUTCOMES[outcome])}</p>}
          <SignedText prepared={prepared} />
        </div>
        {error && !beside && <Notice kind="error">{errorText(error)}</Notice>}
        {prepared.needsPassword && (
          <SecretField
            label={t('password')}
            autocomplete="current-password"
            inputRef={password}
            hint={t('passwordForThis')}
            error={beside}
          />
        )}
        <div class="dialog-actions">
          <Button onPress={placement.back}>{t('back')}</Button>
          {severe ? (
            <HoldButton busy={busy || looked === 'waiting'} onConfirm={confirm}>
              {what}
            </HoldButton>
          ) : (
            <Button
              kind={prepared.needsPassword ? 'danger' : 'primary'}
              type="submit"
              busy={busy || looked === 'waiting'}
            >
              {what}
            </Button>
          )}
        </div>
      </Form>
    </Dialog>
  );
}

/** The last look before something is sent, whatever it is: its sentence, all that is signed, and the password where it takes one. */
export function ReviewRequest(props: ReviewProps) {
  const { placement } = props;
  const review = placement.review.value;
  const prompt = placement.prompt.value;
  const again = (twoFactor: TwoFactor): void => void placement.again(twoFactor);
  return (
    <>
      {review && <Review {...props} prepared={review} />}
      {prompt && (
        <TwoFactorDialog
          reason={prompt.reason}
          refusal={prompt.refusal}
          busy={placement.busy.value === 'sending'}
          error={placement.error.value}
          onBack={placement.giveUp}
          onConfirm={again}
        />
      )}
    </>
  );
}
