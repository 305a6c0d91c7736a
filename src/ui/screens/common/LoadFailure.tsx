import { Notice } from '../../components/Notice.tsx';
import { errorText } from '../../error-text.ts';
import { timeOfDay } from '../../format.ts';
import type { Remote } from '../../state/remote.ts';
import { t } from '../../text.ts';

/** Why a list could not be loaded, above the list; what was last seen stays below it. */
export function LoadFailure({ remote, onRetry }: { remote: Remote<unknown>; onRetry: () => void }) {
  if (remote.status !== 'failed') return null;
  const action = { label: t('tryAgain'), onPress: onRetry };
  return (
    <Notice kind={remote.last ? 'warn' : 'error'} action={action}>
      <p>{errorText(remote.error)}</p>
      {remote.last && <p class="secondary">{t('shownAsOf', timeOfDay(remote.last.at))}</p>}
    </Notice>
  );
}
