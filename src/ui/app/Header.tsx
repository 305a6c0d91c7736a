import { Button } from '../components/Button.tsx';
import { Freshness, type FreshnessState } from '../components/Freshness.tsx';
import { Icon, Mark } from '../components/Icon.tsx';
import { Select } from '../components/Select.tsx';
import { shortKey } from '../format.ts';
import type { App } from '../state/app.ts';
import { t } from '../text.ts';

/** Who is trading, how fresh the figures are, and the way to lock. */
export function Header({ app, freshness }: { app: App; freshness: FreshnessState | undefined }) {
  const { session } = app;
  const account = session.account.value;
  return (
    <header class="header">
      <Mark />
      <div class="header-account">
        {account && (
          <>
            {/* What the list beneath shows by itself would end in dots before it comes to the key. */}
            <span class="header-shown cell-lines" aria-hidden="true">
              <strong class="one-line">{account.label}</strong>
              <span class="secondary">{shortKey(account.apiKey)}</span>
            </span>
            <Icon name="chevron" />
            <Select
              label={t('account')}
              hideLabel
              value={account.id}
              options={session.accounts.value.map(({ id, label, apiKey }) => ({
                value: id,
                text: `${label} · ${shortKey(apiKey)}`,
              }))}
              onChange={(id) => void session.select(id).catch(() => session.open())}
            />
          </>
        )}
      </div>
      {freshness && <Freshness freshness={freshness} />}
      {app.surface !== 'full' && (
        <Button
          icon="external"
          iconOnly
          title={t('openFullPage')}
          onPress={() => app.openFullPage()}
        >
          {t('openFullPage')}
        </Button>
      )}
      <Button icon="lock" iconOnly title={t('lock')} onPress={() => void session.lock()}>
        {t('lock')}
      </Button>
    </header>
  );
}
