import { Check } from '../../components/Check.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { errorText } from '../../error-text.ts';
import type { SitesState } from '../../state/sites.ts';
import { t } from '../../text.ts';

/** For those who want every site to be able to ask. It says what that costs. */
export function EverySite({ sites, on }: { sites: SitesState; on: boolean }) {
  const change = useAction(sites.openToAll);
  const access = sites.access.value;
  const error = change.error ?? (access.status === 'failed' ? access.error : undefined);
  return (
    <div class="stack-tight">
      <Check
        label={t('everySite')}
        hint={t('everySiteHint')}
        checked={on}
        // In the turn of the press, or the browser does not ask.
        onChange={(wish) => void change.run(wish)}
      />
      {access.status === 'refused' && <Notice kind="warn">{t('everySiteRefused')}</Notice>}
      {error && <Notice kind="error">{errorText(error)}</Notice>}
    </div>
  );
}
