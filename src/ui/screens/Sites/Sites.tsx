import { useEffect } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Origin } from '../../components/Origin.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { useAction } from '../../components/use-action.ts';
import { errorText } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import { known } from '../../state/remote.ts';
import type { SitesState } from '../../state/sites.ts';
import { t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { EverySite } from './EverySite.tsx';
import { SiteRow } from './SiteRow.tsx';

function Blocked({ sites, origins }: { sites: SitesState; origins: readonly string[] }) {
  const unblock = useAction((origin: string) => sites.block(origin, false));
  return (
    <>
      <h3>{t('blockedSites')}</h3>
      {unblock.error && <Notice kind="error">{errorText(unblock.error)}</Notice>}
      <ul>
        {origins.map((origin) => (
          <li key={origin} class="blocked-site">
            <Origin origin={origin} />
            <Button small busy={unblock.busy} onPress={() => void unblock.run(origin)}>
              {t('unblockSite')}
              <span class="visually-hidden"> {origin}</span>
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Every site that was let in or shut out, in the settings. */
export function Sites({ app }: { app: App }) {
  const { sites } = app;
  const remote = sites.remote.value;
  const view = known(remote);
  useEffect(() => {
    void sites.refresh();
  }, [sites]);
  return (
    <section>
      <h2>{t('sites')}</h2>
      <LoadFailure remote={remote} onRetry={() => void sites.refresh()} />
      {!view && remote.status === 'loading' && <Skeleton wide />}
      {view?.value.sites.length === 0 && (
        <div class="table-empty">
          <p class="empty-title">{t('noSites')}</p>
          <p>{t('noSitesHint')}</p>
        </div>
      )}
      {view && (
        <>
          <ul>
            {view.value.sites.map((site) => (
              <SiteRow key={site.origin} app={app} site={site} now={view.at} />
            ))}
          </ul>
          {view.value.blocked.length > 0 && (
            <Blocked sites={sites} origins={view.value.blocked.map(({ origin }) => origin)} />
          )}
          <EverySite sites={sites} on={view.value.everySite} />
        </>
      )}
    </section>
  );
}
