import { useEffect, useRef, useState } from 'preact/hooks';
import { invalid, toWireError, type WireError } from '../../core/errors.ts';
import type { ApprovalView } from '../../messaging/sites.ts';
import { readTerms } from '../../policy/narrowest-grant.ts';
import { ArmedButton } from '../components/ArmedButton.tsx';
import { SecretField } from '../components/Field.tsx';
import { HoldButton } from '../components/HoldButton.tsx';
import { Notice } from '../components/Notice.tsx';
import { Origin } from '../components/Origin.tsx';
import { typed, wipe } from '../components/secret.ts';
import { useArming } from '../components/use-arming.ts';
import { errorText, fieldError } from '../error-text.ts';
import { shortKey } from '../format.ts';
import { orderOf } from '../order-qualifiers.ts';
import type { ApprovalDesk } from '../state/approval-desk.ts';
import type { Given } from '../state/approvals.ts';
import { sentence, t } from '../text.ts';
import { Asked, AskedDetails } from './Asked.tsx';
import { Connect, type ConnectChoice } from './Connect.tsx';
import { Foot } from './Foot.tsx';
import { Remarks } from './Remarks.tsx';
import { remarksOf } from './remarks.ts';

interface DecisionProps {
  desk: ApprovalDesk;
  approval: ApprovalView;
}

const LEADS = {
  connect: 'approvalAsksConnect',
  send: 'approvalAsks',
  sign: 'approvalAsksSign',
  signBatch: 'approvalAsksSign',
  signSubscription: 'approvalAsksSign',
} as const;

/** Whom it is asked of: the account by name and key. */
function accountText(desk: ApprovalDesk, { requests, account }: ApprovalView): string[] {
  const [request] = requests;
  const known = request ?? desk.session.accounts.value.find(({ id }) => id === account);
  return known ? [known.label, shortKey(known.apiKey)] : [t('absent'), t('absent')];
}

/** One request of a site, everything that is known about it, and the two answers. */
export function Decision({ desk, approval }: DecisionProps) {
  const { approvals, session, surroundings } = desk;
  const { kind, origin, requests, ticket } = approval;
  const stage = approvals.stage.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [own, setOwn] = useState<WireError>();
  const accounts = session.accounts.value.filter(({ status }) => status === 'active');
  const [choice, setChoice] = useState<ConnectChoice>({
    account: session.account.value?.status === 'active' ? session.account.value.id : undefined,
    read: approval.connect?.scopes.includes('read') ?? false,
  });
  const chosen = choice.account ?? accounts[0]?.id;

  const live = requests.some((request) => orderOf(request) !== undefined);
  const looked = live ? surroundings.looked.value : 'known';
  const remarks = remarksOf(approval, surroundings);
  const severe = remarks.some(({ severity }) => severity === 'severe');
  const needsPassword = requests.some((request) => request.needsPassword);
  const busy = stage.status === 'deciding';
  // What is warned of later than this was drawn has to be read, too.
  const arming = useArming(`${ticket} ${looked} ${severe}`);

  // Neither Enter nor Space may decide by having been on the way here.
  useEffect(() => heading.current?.focus(), []);

  const given = (): Given => {
    if (kind === 'connect') {
      if (chosen === undefined) throw invalid('account', 'required');
      const terms = choice.read ? { terms: readTerms(Date.now()) } : {};
      return { account: chosen, ...terms };
    }
    if (!needsPassword) return {};
    const text = typed(password);
    if (text === '') throw invalid('password', 'required');
    return { password: text };
  };
  const approve = (): void => {
    setOwn(undefined);
    try {
      const answer = given();
      wipe(password);
      void approvals.approve(answer);
    } catch (error) {
      setOwn(toWireError(error));
      password.current?.focus();
    }
  };

  const error = own ?? (stage.status === 'asking' ? stage.error : undefined);
  const wrong = error?.code === 'WRONG_PASSWORD' ? errorText(error) : undefined;
  const atPassword = needsPassword ? (wrong ?? fieldError(error, 'password')) : undefined;
  const ready = looked !== 'waiting' && (kind !== 'connect' || chosen !== undefined);
  const isArmed = { ...arming, armed: arming.armed && ready };
  const done = approvals.done.value?.approval.requests[0];

  return (
    <main class={needsPassword ? 'approval approval-danger' : 'approval'}>
      <div class="approval-body">
        {done && <Notice kind="success">{t('outcomeDone', sentence(done.phrase))}</Notice>}
        {approvals.withdrawn.value && (
          <p class="secondary" role="status">
            {t('approvalWithdrawn')}
          </p>
        )}
        <h1 ref={heading} class="approval-origin" tabIndex={-1}>
          <Origin origin={origin} />
        </h1>
        <p class="approval-lead">{t(LEADS[kind], ...accountText(desk, approval))}</p>
        {approval.connect ? (
          <Connect
            connect={approval.connect}
            accounts={accounts}
            choice={{ ...choice, account: chosen }}
            onChange={(part) => setChoice({ ...choice, ...part })}
          />
        ) : (
          <Asked approval={approval} />
        )}
        {looked === 'failed' && <Notice kind="warn">{t('approvalUnchecked')}</Notice>}
        <Remarks remarks={remarks} />
        <AskedDetails approval={approval} surroundings={surroundings} />
        {needsPassword && (
          <SecretField
            label={t('password')}
            hint={t('approvalPasswordHint')}
            autocomplete="current-password"
            inputRef={password}
            error={atPassword}
            onInput={() => setOwn(undefined)}
          />
        )}
        {error && !atPassword && <Notice kind="error">{errorText(error)}</Notice>}
      </div>
      <Foot desk={desk} live={live}>
        {severe ? (
          <HoldButton busy={busy} disabled={!isArmed.armed} onConfirm={approve}>
            {t('approve')}
          </HoldButton>
        ) : (
          <ArmedButton arming={isArmed} busy={busy} onPress={approve}>
            {t('approve')}
          </ArmedButton>
        )}
      </Foot>
    </main>
  );
}
