import type { AccountInfo } from '../../messaging/contract.ts';
import type { ApprovalView } from '../../messaging/sites.ts';
import { Check } from '../components/Check.tsx';
import { Notice } from '../components/Notice.tsx';
import { Select } from '../components/Select.tsx';
import { shortKey } from '../format.ts';
import { t } from '../text.ts';

/** What the person chooses for a site that wants to be let in. */
export interface ConnectChoice {
  account: string | undefined;
  read: boolean;
}

interface ConnectProps {
  connect: NonNullable<ApprovalView['connect']>;
  accounts: readonly AccountInfo[];
  choice: ConnectChoice;
  onChange: (part: Partial<ConnectChoice>) => void;
}

/** Which account a site is let into, and what it may do there without asking. The rest is asked each time. */
export function Connect({ connect, accounts, choice, onChange }: ConnectProps) {
  const { scopes, reason } = connect;
  return (
    <div class="stack">
      <p class="approval-sentence">{t('connectSentence')}</p>
      {reason !== '' && (
        <figure class="own-words">
          <figcaption class="secondary">{t('connectReason')}</figcaption>
          <blockquote>
            <bdi>{reason}</bdi>
          </blockquote>
        </figure>
      )}
      {accounts.length === 0 ? (
        <Notice kind="warn">{t('connectNoAccount')}</Notice>
      ) : (
        <Select
          label={t('account')}
          value={choice.account ?? ''}
          options={accounts.map(({ id, label, apiKey }) => ({
            value: id,
            text: `${label} · ${shortKey(apiKey)}`,
          }))}
          onChange={(account) => onChange({ account })}
          hint={t('connectAccountHint')}
        />
      )}
      <details class="approval-details" aria-label={t('details')} open>
        <summary>{t('connectScopes')}</summary>
        {scopes.includes('read') && (
          <Check
            label={t('connectRead')}
            hint={t('connectReadHint')}
            checked={choice.read}
            onChange={(read) => onChange({ read })}
          />
        )}
        <p class="secondary">{t('connectRest')}</p>
      </details>
    </div>
  );
}
