import { shortDayAndTime } from '../../format.ts';
import { t } from '../../text.ts';
import { cellText, timeOf } from './answer-rows.ts';

/** One value of an answer, as it came; times in short, with what came on hover. */
export function AnswerCell({ name, value }: { name: string; value: unknown }) {
  const text = cellText(value);
  if (text === '') return <span class="nothing">{t('absent')}</span>;
  const at = timeOf(name, value);
  if (at !== undefined) {
    return (
      <time dateTime={new Date(at).toISOString()} title={text}>
        {shortDayAndTime(at)}
      </time>
    );
  }
  if (typeof value === 'boolean') return <>{t(value ? 'yes' : 'no')}</>;
  return <span title={text}>{text}</span>;
}
