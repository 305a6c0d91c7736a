import type { Inspected } from '../../../messaging/transfers.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { timeOfDay } from '../../format.ts';
import { type MessageKey, t } from '../../text.ts';

const FAILURES: ReadonlyMap<string, MessageKey> = new Map([
  ['offline', 'inspectedOffline'],
  ['timeout', 'inspectedTimeout'],
  ['forbidden', 'inspectedForbidden'],
]);

/** `200`, why there was no answer, or that it is still awaited. */
export function endText({ status, failure }: Inspected): string {
  if (status !== undefined) return t('inspectedStatus', status);
  if (failure === undefined) return t('inspectedUnderWay');
  return t(FAILURES.get(failure) ?? 'inspectedBroken');
}

/** One long text, folded until it is wanted, with a button that copies all of it. */
function Text({ title, text, open }: { title: string; text: string; open?: boolean }) {
  return (
    <details class="signed-text inspected-text" open={open}>
      <summary>{title}</summary>
      <div class="inspected-line">
        <code>{text}</code>
        <CopyButton small text={text} label={t('copyOf', title)} />
      </div>
    </details>
  );
}

/** One request: what was signed, where it went, what came back and when. */
export function InspectedRequest({ request }: { request: Inspected }) {
  const { at, tookMs, instruction, method, path, signedText, status, answer } = request;
  const isBad = request.failure !== undefined || (status !== undefined && status > 299);
  return (
    <li class="card inspected" aria-label={`${instruction}, ${endText(request)}`}>
      <div class="inspected-head">
        <strong>{instruction}</strong>
        <code>
          {method} {path}
        </code>
      </div>
      <div class="inspected-head secondary">
        <time dateTime={new Date(at).toISOString()} title={new Date(at).toISOString()}>
          {timeOfDay(at)}
        </time>
        <span class={isBad ? 'inspected-bad' : undefined}>{endText(request)}</span>
        {tookMs !== undefined && <span>{t('tookMs', Math.round(tookMs))}</span>}
      </div>
      <Text title={t('signedTextTitle')} text={signedText} open />
      {answer !== undefined && answer !== '' && <Text title={t('answerTitle')} text={answer} />}
      {answer === '' && <p class="secondary">{t('answerEmpty')}</p>}
    </li>
  );
}
