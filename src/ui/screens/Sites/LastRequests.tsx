import { useState } from 'preact/hooks';
import type { WalletCall } from '../../../messaging/client.ts';
import type { LogEntry } from '../../../messaging/log.ts';
import { Notice } from '../../components/Notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { errorText } from '../../error-text.ts';
import { decisionWord, entrySentence } from '../../log-text.ts';
import { t } from '../../text.ts';
import { When } from '../common/When.tsx';

const LAST = 5;

/** The last decisions on what the site asked, on demand. */
export function LastRequests({ call, origin }: { call: WalletCall; origin: string }) {
  const [entries, setEntries] = useState<readonly LogEntry[]>();
  const load = useAction(async () => {
    const page = await call('log.read', { limit: 50, search: origin });
    // The search looks elsewhere, too, and in the beginnings of other origins.
    setEntries(page.entries.filter((entry) => entry.origin === origin).slice(0, LAST));
  });
  return (
    <details
      class="last-requests"
      onToggle={(event) => event.currentTarget.open && void load.run()}
    >
      <summary>{t('lastRequests')}</summary>
      {load.error && <Notice kind="error">{errorText(load.error)}</Notice>}
      {entries?.length === 0 && <p class="secondary">{t('noRequestsOfSite')}</p>}
      <ul>
        {entries?.map((entry) => (
          <li key={entry.number}>
            <span>{entrySentence(entry)}</span>
            <span class="secondary">
              {decisionWord(entry)} · <When at={entry.at} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
