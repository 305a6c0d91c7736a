import { useEffect, useRef, useState } from 'preact/hooks';
import { invalid, toWireError, type WireError } from '../../core/errors.ts';
import type { TwoFactor } from '../../messaging/requests.ts';
import { singleOf } from '../../messaging/shapes.ts';
import type { ApprovalView } from '../../messaging/sites.ts';
import { ArmedButton } from '../components/ArmedButton.tsx';
import { SecretField } from '../components/Field.tsx';
import { HoldButton } from '../components/HoldButton.tsx';
import { Notice } from '../components/Notice.tsx';
import { Origin } from '../components/Origin.tsx';
import { typed, wipe } from '../components/secret.ts';
import { useArming } from '../components/use-arming.ts';
import { decisionText } from '../decision-text.ts';
import { errorText, fieldError } from '../error-text.ts';
import { shortKey } from '../format.ts';
import type { ApprovalDesk } from '../state/approval-desk.ts';
import { t } from '../text.ts';
import { Asked, AskedDetails } from './Asked.tsx';
import { Before } from './Before.tsx';
import { Codes } from './Codes.tsx';
import { Connect } from './Connect.tsx';
import { Foot } from './Foot.tsx';
import { Remarks } from './Remarks.tsx';
import { Remember } from './Remember.tsx';
import { remarksOf } from './remarks.ts';
import { rememberable, useAnswer } from './use-answer.ts';

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
  const { approvals, surroundings } = desk;
  const { kind, origin, requests, ticket } = approval;
  const stage = approvals.stage.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [own, setOwn] = useState<WireError>();
  const answer = useAnswer(desk, approval);

  const looked = surroundings.looked.value;
  const remarks = remarksOf(approval, surroundings);
  const severe = remarks.some(({ severity }) => severity === 'severe');
  const needsPassword = requests.some((request) => request.needsPassword);
  /** The person knows that the exchange will ask for a second factor here: it goes along at once. */
  const codeFirst =
    needsPassword &&
    requests.some((request) => surroundings.withdrawal.needsCode(singleOf(request)));
  const [askingCode, askCode] = useState(false);
  const busy = stage.status === 'deciding';
  // What is warned of later than this was drawn has to be read, too.
  const arming = useArming(`${ticket} ${looked} ${severe}`);

  // Neither Enter nor Space may decide by having been on the way here.
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    if (kind === 'connect') void surroundings.market.ensureMarkets();
  }, [kind, surroundings]);

  useEffect(() => {
    if (answer.problems.length === 0) return;
    body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [answer.problems]);

  const approve = (twoFactor?: TwoFactor): void => {
    setOwn(undefined);
    askCode(false);
    try {
      const { given, remember } = answer.collect();
      const text = typed(password);
      if (needsPassword && text === '') throw invalid('password', 'required');
      if (codeFirst && !twoFactor) {
        askCode(true);
        return;
      }
      wipe(password);
      const secrets = needsPassword ? { password: text, ...(twoFactor && { twoFactor }) } : {};
      void approvals.approve({ ...given, ...secrets }, remember);
    } catch (error) {
      setOwn(toWireError(error));
      password.current?.focus();
    }
  };

  const error = own ?? (stage.status === 'asking' ? stage.error : undefined);
  const wrong = error?.code === 'WRONG_PASSWORD' ? errorText(error) : undefined;
  const atPassword = needsPassword ? (wrong ?? fieldError(error, 'password')) : undefined;
  const elsewhere = answer.problems.length > 0 ? t('grantProblems') : error && errorText(error);
  const ready = looked !== 'waiting' && (kind !== 'connect' || answer.account !== undefined);
  const armedNow = {
    round: arming.round,
    armed: arming.armed && ready,
    isArmed: () => ready && arming.isArmed(),
  };
  const because = decisionText(approval.because);
  const { symbols } = surroundings.market;

  return (
    <main class={needsPassword ? 'approval approval-danger' : 'approval'}>
      <div ref={body} class="approval-body">
        <Before desk={desk} />
        <h1 ref={heading} class="approval-origin" tabIndex={-1}>
          <Origin origin={origin} />
        </h1>
        <p class="approval-lead">{t(LEADS[kind], ...accountText(desk, approval))}</p>
        {approval.connect && answer.draft ? (
          <Connect
            connect={approval.connect}
            accounts={answer.accounts}
            account={answer.account}
            draft={answer.draft}
            problems={answer.problems}
            symbols={symbols.value}
            onAccount={answer.pick}
            onChange={answer.change}
          />
        ) : (
          <Asked approval={approval} />
        )}
        {looked === 'failed' && <Notice kind="warn">{t('approvalUnchecked')}</Notice>}
        <Remarks remarks={remarks} />
        <AskedDetails approval={approval} surroundings={surroundings} withToken={codeFirst} />
        {needsPassword && (
          <SecretField
            label={t('password')}
            hint={t('passwordEachTime')}
            autocomplete="current-password"
            inputRef={password}
            error={atPassword}
            onInput={() => setOwn(undefined)}
          />
        )}
        {because && kind !== 'connect' && <p class="secondary">{t('askedBecause', because)}</p>}
        {(answer.draft ?? rememberable(approval, surroundings.market, Date.now())) &&
          kind !== 'connect' && (
            <Remember
              draft={answer.draft}
              problems={answer.problems}
              symbols={symbols.value}
              onTick={answer.remember}
              onChange={answer.change}
            />
          )}
        {elsewhere && !atPassword && <Notice kind="error">{elsewhere}</Notice>}
      </div>
      <Foot desk={desk}>
        {severe ? (
          <HoldButton busy={busy} disabled={!armedNow.armed} onConfirm={() => approve()}>
            {t('approve')}
          </HoldButton>
        ) : (
          <ArmedButton arming={armedNow} busy={busy} onPress={() => approve()}>
            {t('approve')}
          </ArmedButton>
        )}
      </Foot>
      <Codes desk={desk} first={askingCode} onFirst={approve} onBack={() => askCode(false)} />
    </main>
  );
}
