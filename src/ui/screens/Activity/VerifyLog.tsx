import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { errorText } from '../../error-text.ts';
import { grouped } from '../../format.ts';
import type { LogState, Verifying } from '../../state/log.ts';
import { plural, t } from '../../text.ts';

const PROBLEMS = {
  damaged: 'logDamaged',
  missing: 'logMissing',
  'rolled-back': 'logRolledBack',
} as const;

const count = (value: number): string => grouped(String(value));

function Found({ verifying }: { verifying: Verifying }) {
  switch (verifying.status) {
    case 'idle':
      return null;
    case 'running':
      return (
        <span class="secondary" role="status">
          {verifying.total === undefined
            ? t('logVerifying', count(verifying.checked))
            : t('logVerifyingOf', count(verifying.checked), count(verifying.total))}
        </span>
      );
    case 'holds':
      return <Notice kind="success">{plural('logHolds', verifying.checked)}</Notice>;
    case 'broken':
      return (
        <Notice kind="error">
          <p>{t(PROBLEMS[verifying.problem.kind], verifying.problem.number)}</p>
          <p>{t('logBrokenMeans')}</p>
        </Notice>
      );
    case 'failed':
      return (
        <Notice kind="error">
          <p>{t('logVerifyFailed')}</p>
          <p>{errorText(verifying.error)}</p>
        </Notice>
      );
  }
}

/** Opens every entry in its order, and says whether any was changed, taken out or put back. */
export function VerifyLog({ log }: { log: LogState }) {
  const verifying = log.verifying.value;
  return (
    <div class="export">
      <Button
        icon="check"
        small
        busy={verifying.status === 'running'}
        onPress={() => void log.verify()}
      >
        {t('verifyLog')}
      </Button>
      <Found verifying={verifying} />
    </div>
  );
}
