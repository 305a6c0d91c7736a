import { useState } from 'preact/hooks';
import type { SiteView } from '../../../messaging/sites.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Origin } from '../../components/Origin.tsx';
import { useAction } from '../../components/use-action.ts';
import { errorText } from '../../error-text.ts';
import { shortDayAndTime, shortKey } from '../../format.ts';
import type { App } from '../../state/app.ts';
import { plural, t } from '../../text.ts';
import { GrantDialog } from './GrantDialog.tsx';
import { GrantRow } from './GrantRow.tsx';
import { LastRequests } from './LastRequests.tsx';

interface SiteRowProps {
  app: App;
  site: SiteView;
  /** Unix ms. */
  now: number;
}

/** What is known of the site: its account, since when, what it read. */
function Facts({ app, site }: Omit<SiteRowProps, 'now'>) {
  const account = app.session.accounts.value.find(({ id }) => id === site.account);
  return (
    <p class="secondary">
      {account ? `${account.label} · ${shortKey(account.apiKey)}` : t('siteNoAccount')}
      {' · '}
      {t('siteSince', shortDayAndTime(site.connectedAt))}
      {' · '}
      {plural('siteReads', site.reads)}
      {site.lastSeenAt !== undefined && ` · ${t('siteLastSeen', shortDayAndTime(site.lastSeenAt))}`}
    </p>
  );
}

/** Never again: asked once more, since it also takes everything back that the site has. */
function Block({ app, site }: Omit<SiteRowProps, 'now'>) {
  const [asking, setAsking] = useState(false);
  const block = useAction(() => app.sites.block(site.origin, true));
  return (
    <>
      <Button small kind="danger" onPress={() => setAsking(true)}>
        {t('blockSite')}
        <span class="visually-hidden"> {site.origin}</span>
      </Button>
      {asking && (
        <Dialog title={t('blockTitle')} onBack={() => setAsking(false)}>
          <div class="stack">
            <p>
              <Origin origin={site.origin} />
            </p>
            <p>{t('blockText')}</p>
            {block.error && <Notice kind="error">{errorText(block.error)}</Notice>}
            <div class="actions">
              <Button onPress={() => setAsking(false)}>{t('back')}</Button>
              <Button kind="danger" busy={block.busy} onPress={() => void block.run()}>
                {t('blockSite')}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** One site that was let in, its powers, and what it did with them. */
export function SiteRow({ app, site, now }: SiteRowProps) {
  const [adding, setAdding] = useState(false);
  const disconnect = useAction(() => app.sites.disconnect(site.origin));
  const named = <span class="visually-hidden"> {site.origin}</span>;
  return (
    <li class="site">
      <h3>
        <Origin origin={site.origin} />
      </h3>
      <Facts app={app} site={site} />
      {site.grants.length === 0 ? (
        <p class="secondary">{t('siteNoGrants')}</p>
      ) : (
        <ul class="grants">
          {site.grants.map((grant) => (
            <GrantRow key={grant.id} app={app} site={site} grant={grant} now={now} />
          ))}
        </ul>
      )}
      <LastRequests call={app.call} origin={site.origin} />
      {disconnect.error && <Notice kind="error">{errorText(disconnect.error)}</Notice>}
      <div class="account-actions">
        {site.account !== undefined && (
          <Button small icon="plus" onPress={() => setAdding(true)}>
            {t('addGrant')}
            {named}
          </Button>
        )}
        <Button small busy={disconnect.busy} onPress={() => void disconnect.run()}>
          {t('disconnect')}
          {named}
        </Button>
        <Block app={app} site={site} />
      </div>
      {adding && <GrantDialog app={app} site={site} onDone={() => setAdding(false)} />}
    </li>
  );
}
