import type { Problem } from '../../exchange/bounds.ts';
import type { AccountInfo } from '../../messaging/contract.ts';
import type { ApprovalView } from '../../messaging/sites.ts';
import { Notice } from '../components/Notice.tsx';
import { Select } from '../components/Select.tsx';
import { shortKey } from '../format.ts';
import { GrantEditor } from '../screens/Sites/GrantEditor.tsx';
import type { GrantDraft } from '../screens/Sites/grant-draft.ts';
import { t } from '../text.ts';

interface ConnectProps {
  connect: NonNullable<ApprovalView['connect']>;
  accounts: readonly AccountInfo[];
  account: string | undefined;
  draft: GrantDraft;
  problems: readonly Problem[];
  symbols: readonly string[];
  onAccount: (account: string) => void;
  onChange: (part: Partial<GrantDraft>) => void;
}

/** Which account a site is let into, and what it may do there without asking. The rest is asked each time. */
export function Connect(props: ConnectProps) {
  const { scopes, reason } = props.connect;
  return (
    <>
      <p class="approval-sentence">{t('connectSentence')}</p>
      {reason !== '' && (
        <figure class="own-words">
          <figcaption class="secondary">{t('connectReason')}</figcaption>
          <blockquote>
            <bdi>{reason}</bdi>
          </blockquote>
        </figure>
      )}
      {props.accounts.length === 0 ? (
        <Notice kind="warn">{t('connectNoAccount')}</Notice>
      ) : (
        <Select
          label={t('account')}
          value={props.account ?? ''}
          options={props.accounts.map(({ id, label, apiKey }) => ({
            value: id,
            text: `${label} · ${shortKey(apiKey)}`,
          }))}
          onChange={props.onAccount}
          hint={t('connectAccountHint')}
        />
      )}
      <details class="approval-details" aria-label={t('details')} open>
        <summary>{t('connectScopes')}</summary>
        <GrantEditor
          draft={props.draft}
          problems={props.problems}
          symbols={props.symbols}
          scopes={scopes}
          onChange={props.onChange}
        />
        <p class="secondary">{t('connectRest')}</p>
      </details>
    </>
  );
}
