import { isList } from '../../../core/canonical.ts';
import type { LogEntry } from '../../../messaging/log.ts';
import type { Grant } from '../../../policy/grant.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Origin } from '../../components/Origin.tsx';
import { dayAndTime } from '../../format.ts';
import { decisionWord, entrySentence, reasonWords } from '../../log-text.ts';
import { t } from '../../text.ts';
import { grantWords } from '../Sites/grant-words.ts';

interface LogDetailsProps {
  entry: LogEntry;
  /** The account's name, if it is still there. */
  account: string | undefined;
  /** The grant that let it through, if it is still there. */
  grant: Grant | undefined;
  onBack: () => void;
}

function Line({ label, value }: { label: string; value: string | undefined }) {
  if (value === undefined) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const valueText = (key: string, value: unknown): string =>
  key === 'expiresAt' && typeof value === 'number' ? dayAndTime(value) : String(value);

/** All that the log keeps of one decision. */
export function LogDetails({ entry, account, grant, onBack }: LogDetailsProps) {
  const { params = {} } = entry;
  return (
    <Dialog title={t('logEntry', entry.number)} onBack={onBack}>
      <div class="stack">
        <p class="review-sentence">{entrySentence(entry)}</p>
        <dl class="review-fields">
          <Line label={t('logDecision')} value={decisionWord(entry)} />
          <Line label={t('logWhy')} value={reasonWords(entry)} />
          <div>
            <dt>{t('logWho')}</dt>
            <dd>
              {entry.origin === 'buckle' ? t('logByPerson') : <Origin origin={entry.origin} />}
            </dd>
          </div>
          <Line label={t('logWhen')} value={dayAndTime(entry.at)} />
          <Line label={t('account')} value={account ?? entry.account} />
          <Line label={t('logAsked')} value={entry.what} />
          <Line label={t('logInstruction')} value={entry.instruction} />
          {isList(params)
            ? params.map((each, index) => (
                <Line
                  key={String(each.clientId)}
                  label={t('approvalOrderNumber', index + 1)}
                  value={Object.entries(each)
                    .map(([key, value]) => `${key} ${valueText(key, value)}`)
                    .join(', ')}
                />
              ))
            : Object.entries(params).map(([key, value]) => (
                <Line key={key} label={key} value={valueText(key, value)} />
              ))}
          <Line
            label={t('logGrantId')}
            value={
              entry.grant &&
              [grant && grantWords(grant).join(', '), entry.grant].filter(Boolean).join(' · ')
            }
          />
          <Line label={t('logRequest')} value={entry.request} />
        </dl>
        <div class="dialog-actions">
          <Button kind="primary" onPress={onBack}>
            {t('close')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
