import { Notice } from '../../components/Notice.tsx';
import { errorText } from '../../error-text.ts';
import type { Check } from '../../state/accounts.ts';
import { t } from '../../text.ts';

/** What came of asking the exchange whether it knows a key. */
export function VerdictNotice({ check }: { check: Check | undefined }) {
  switch (check?.status) {
    case undefined:
    case 'checking':
      return null;
    case 'active':
      return <Notice kind="success">{t('verdictActive')}</Notice>;
    case 'unregistered':
      return <Notice kind="error">{t('verdictUnregistered')}</Notice>;
    case 'unchecked':
      return (
        <Notice kind="warn">
          {t('verdictUnchecked')} {errorText(check.error)}
        </Notice>
      );
  }
}
