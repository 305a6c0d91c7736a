import { useEffect } from 'preact/hooks';
import { Button } from '../components/Button.tsx';
import { Notice } from '../components/Notice.tsx';
import { Origin } from '../components/Origin.tsx';
import { useAction } from '../components/use-action.ts';
import { errorText } from '../error-text.ts';
import type { SitesState } from '../state/sites.ts';
import { t } from '../text.ts';

const WHY_NOT = {
  browser: 'siteOfBrowser',
  exchange: 'siteOfExchange',
  insecure: 'siteInsecure',
  unknown: 'siteUnknown',
  unseen: 'siteUnseen',
} as const;

/** The page beside the popup: whether it may talk to Buckle, and the button that changes it. */
export function SiteBar({ sites }: { sites: SitesState }) {
  const here = sites.here.value;
  useEffect(() => {
    void sites.look();
    void sites.refresh();
  }, [sites]);
  if (here.kind === 'looking') return <div class="site-bar" aria-busy="true" />;
  if (here.kind === 'none') {
    return <p class="site-bar secondary">{t(WHY_NOT[here.why])}</p>;
  }
  return <Site sites={sites} origin={here.origin} />;
}

function Site({ sites, origin }: { sites: SitesState; origin: string }) {
  const access = sites.access.value;
  const disconnect = useAction(() => sites.disconnect(origin));
  const remote = sites.remote.value;
  const connected = sites.site(origin) !== undefined;
  const state = connected ? 'siteConnected' : sites.isBlocked(origin) ? 'siteBlocked' : undefined;
  const error = disconnect.error ?? (access.status === 'failed' ? access.error : undefined);
  const loading = remote.status === 'loading' && !remote.last;
  return (
    <section class="site-bar-frame" aria-label={t('site')}>
      <div class="site-bar">
        <div class="cell-lines">
          <Origin origin={origin} />
          <span class="secondary" role="status">
            {loading ? '' : t(state ?? 'siteNotConnected')}
          </span>
        </div>
        {connected ? (
          <Button small busy={disconnect.busy} onPress={() => void disconnect.run()}>
            {t('disconnectSite')}
          </Button>
        ) : (
          <Button
            small
            busy={access.status === 'asking'}
            onPress={() => void sites.connect(origin)}
          >
            {t('connectSite')}
          </Button>
        )}
      </div>
      {access.status === 'asking' && <p class="secondary">{t('siteAsking')}</p>}
      {access.status === 'refused' && !connected && <Notice kind="warn">{t('siteRefused')}</Notice>}
      {error && <Notice kind="error">{errorText(error)}</Notice>}
    </section>
  );
}
