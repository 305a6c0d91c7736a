import { useState } from 'preact/hooks';
import { type Decimal, isDecimal } from '../../../core/decimal.ts';
import type { SiteView } from '../../../messaging/sites.ts';
import type { Grant } from '../../../policy/grant.ts';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { errorText } from '../../error-text.ts';
import { dayAndTime, shownAmount } from '../../format.ts';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';
import { GrantDialog } from './GrantDialog.tsx';
import { grantWords } from './grant-words.ts';
import { UsageBar } from './UsageBar.tsx';

const shown = (value: string): string =>
  isDecimal(value) ? shownAmount(value as Decimal, 2) : value;

/** What has been used of a grant today, against its caps. */
function Usage({ grant, usage }: { grant: Grant; usage: SiteView['usage'] }) {
  const used = usage.find((each) => each.grant === grant.id);
  if (!grant.scopes.includes('trade') || !used) return null;
  return (
    <div class="usage">
      {grant.maxDay !== undefined && (
        <>
          <p class="secondary">{t('usageDay', shown(used.day), shown(grant.maxDay))}</p>
          <UsageBar used={used.day} most={grant.maxDay} />
        </>
      )}
      <p class="secondary">{t('usageMinute', used.lastMinute, grant.maxPerMinute)}</p>
    </div>
  );
}

interface GrantRowProps {
  app: App;
  site: SiteView;
  grant: Grant;
  /** Unix ms. */
  now: number;
}

/** One grant of a site: what it lets through, how much of it is used, until when, and the buttons that change that. */
export function GrantRow({ app, site, grant, now }: GrantRowProps) {
  const [editing, setEditing] = useState(false);
  const revoke = useAction(() => app.sites.revokeGrant(grant.id));
  const expired = grant.expiresAt <= now;
  const words = grantWords(grant);
  const named = <span class="visually-hidden"> {words.join(', ')}</span>;
  return (
    <li class={expired ? 'grant stale' : 'grant'}>
      {words.map((line, index) => (
        <p key={line} class={index === 0 ? 'grant-first' : 'secondary'}>
          {line}
        </p>
      ))}
      {!expired && <Usage grant={grant} usage={site.usage} />}
      <p class="secondary">
        {t(expired ? 'grantExpired' : 'grantUntil', dayAndTime(grant.expiresAt))}
      </p>
      {revoke.error && <Notice kind="error">{errorText(revoke.error)}</Notice>}
      <div class="account-actions">
        <Button small onPress={() => setEditing(true)}>
          {t('edit')}
          {named}
        </Button>
        <Button small kind="danger" busy={revoke.busy} onPress={() => void revoke.run()}>
          {t('revoke')}
          {named}
        </Button>
      </div>
      {editing && (
        <GrantDialog app={app} site={site} grant={grant} onDone={() => setEditing(false)} />
      )}
    </li>
  );
}
