import { useRef } from 'preact/hooks';
import type { TwoFactor } from '../../../messaging/requests.ts';
import { openTwins } from '../../state/placement.ts';
import type { Requests } from '../../state/requests.ts';
import type { Transferring } from '../../state/transferring.ts';
import { ReviewWithdrawal } from './ReviewWithdrawal.tsx';
import { TwoFactorDialog } from './TwoFactorDialog.tsx';

/** The review of a withdrawal, and the second factor where it is asked for. */
export function WithdrawalDialogs({
  transfer,
  requests,
}: {
  transfer: Transferring;
  requests: Requests;
}) {
  const { placement, withdrawal } = transfer;
  const review = placement.review.value;
  const prompt = placement.prompt.value;
  const busy = placement.busy.value === 'sending';
  /** Where the password is until the code is there too: in its field, and nowhere else. */
  const takePassword = useRef<() => string>(() => '');

  const confirm = (take: () => string): void => {
    takePassword.current = take;
    if (withdrawal.draft.value.needsCode) placement.askFirst();
    else void placement.place({ password: take() });
  };
  const confirmCode = (twoFactor: TwoFactor): void => {
    if (prompt?.reason === 'first') {
      void placement.place({ password: takePassword.current(), twoFactor });
    } else void placement.again(twoFactor);
  };

  const { symbol = null, address = null } = review?.params ?? {};
  return (
    <>
      {review && (
        <ReviewWithdrawal
          prepared={review}
          warnings={withdrawal.warningsOf(review.params)}
          fee={withdrawal.feeOf(review.params)}
          withToken={withdrawal.draft.value.needsCode}
          twins={openTwins(requests, 'withdraw', { symbol, address }).length}
          busy={busy}
          error={prompt ? undefined : placement.error.value}
          onBack={placement.back}
          onConfirm={confirm}
        />
      )}
      {prompt && (
        <TwoFactorDialog
          reason={prompt.reason}
          refusal={prompt.refusal}
          busy={busy}
          error={placement.error.value}
          onBack={placement.giveUp}
          onConfirm={confirmCode}
        />
      )}
    </>
  );
}
