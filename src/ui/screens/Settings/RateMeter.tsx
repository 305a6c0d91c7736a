import { useEffect, useMemo } from 'preact/hooks';
import { Notice } from '../../components/Notice.tsx';
import { errorText } from '../../error-text.ts';
import { grouped, timeOfDay } from '../../format.ts';
import type { App } from '../../state/app.ts';
import { createPoller } from '../../state/poller.ts';
import { createLoader, known } from '../../state/remote.ts';
import { t } from '../../text.ts';

const LOOK_MS = 2_000;

/** How many requests the selected key may still make at once, and whether the exchange has asked for a pause. */
export function RateMeter({ app, account }: { app: App; account: string }) {
  const rate = useMemo(
    () =>
      createLoader(async () => ({
        at: Date.now(),
        value: await app.call('rate.read', { account }),
      })),
    [app, account],
  );
  useEffect(() => {
    const poller = createPoller(app.presence, LOOK_MS, () => rate.refresh(true));
    poller.start();
    return () => poller.stop();
  }, [app, rate]);
  const remote = rate.state.value;
  const seen = known(remote);
  if (remote.status === 'failed') return <Notice kind="error">{errorText(remote.error)}</Notice>;
  if (!seen) return <p class="secondary">{t('reading')}</p>;
  const { left, capacity, pausedUntil } = seen.value;
  const isPaused = pausedUntil !== undefined && pausedUntil > seen.at;
  return (
    <div class="rate">
      <p>{t('requestsLeft', grouped(String(left)), grouped(String(capacity)))}</p>
      <meter
        aria-label={t('requestLimit')}
        min={0}
        max={capacity}
        low={capacity / 4}
        optimum={capacity}
        value={left}
      />
      {isPaused && <Notice kind="warn">{t('ratePaused', timeOfDay(pausedUntil))}</Notice>}
      <p class="secondary">{t('requestLimitHint')}</p>
    </div>
  );
}
