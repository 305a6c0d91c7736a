import { useEffect } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Freshness } from '../../components/Freshness.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { accountDesk } from '../../state/account-desk.ts';
import type { App } from '../../state/app.ts';
import { freshnessOf } from '../../state/freshness.ts';
import { createPoller } from '../../state/poller.ts';
import { known } from '../../state/remote.ts';
import { t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { AccountSettings } from './AccountSettings.tsx';
import { Collateral } from './Collateral.tsx';
import { LendingForm } from './LendingForm.tsx';
import { LendingPositions } from './LendingPositions.tsx';
import { Lookups } from './Lookups.tsx';
import { Summary } from './Summary.tsx';

const LOOK_MS = 10_000;

/** The account on the exchange: limits, fees, settings, what it lends and owes, what stands behind it. */
export function Account({ app, onBack }: { app: App; onBack: () => void }) {
  const { trading } = app;
  const desk = accountDesk(trading);
  useEffect(() => {
    const poller = createPoller(app.presence, LOOK_MS, () => desk.refresh(true));
    poller.start();
    return () => poller.stop();
  }, [app, desk]);
  const remotes = [desk.summary.value, desk.positions.value, desk.collateral.value];
  const freshness = freshnessOf(remotes, trading.online.value, Date.now());
  const stale = freshness?.state === 'stale' || freshness?.state === 'offline';
  const summary = known(desk.summary.value)?.value;
  const retry = (): void => void desk.refresh();
  return (
    <div class="stack column settings account-desk">
      <div class="inspector-head">
        <Button icon="back" iconOnly title={t('back')} onPress={onBack}>
          {t('back')}
        </Button>
        <h1>{t('account')}</h1>
        {freshness && <Freshness freshness={freshness} />}
      </div>
      <LoadFailure remote={desk.summary.value} onRetry={retry} />
      {summary ? (
        <>
          <Summary summary={summary} stale={stale} />
          <AccountSettings app={app} summary={summary} />
        </>
      ) : (
        desk.summary.value.status !== 'failed' && <Skeleton wide />
      )}
      <Lookups desk={desk} />
      <LendingPositions positions={desk.positions.value} stale={stale} onRetry={retry} />
      <LendingForm app={app} desk={desk} />
      <Collateral collateral={desk.collateral.value} stale={stale} onRetry={retry} />
    </div>
  );
}
