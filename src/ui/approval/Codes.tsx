import type { TwoFactor } from '../../messaging/requests.ts';
import { TwoFactorDialog } from '../screens/Transfer/TwoFactorDialog.tsx';
import type { ApprovalDesk } from '../state/approval-desk.ts';

interface CodesProps {
  desk: ApprovalDesk;
  /** It is asked for before anything is sent. */
  first: boolean;
  onFirst: (twoFactor: TwoFactor) => void;
  onBack: () => void;
}

/** The second factor, before the first try or after a refusal for want of it. */
export function Codes({ desk: { approvals }, first, onFirst, onBack }: CodesProps) {
  const stage = approvals.stage.value;
  if (first) {
    return (
      <TwoFactorDialog
        reason="first"
        busy={false}
        error={undefined}
        onBack={onBack}
        onConfirm={onFirst}
      />
    );
  }
  const asked = stage.status === 'deciding' ? stage.code : stage;
  if (!asked || !('reason' in asked)) return null;
  return (
    <TwoFactorDialog
      reason={asked.reason}
      refusal={asked.refusal}
      busy={stage.status === 'deciding'}
      error={stage.status === 'code' ? stage.error : undefined}
      onBack={approvals.withoutCode}
      onConfirm={(twoFactor) => void approvals.approve({ twoFactor })}
    />
  );
}
