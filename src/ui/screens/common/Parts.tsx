import { isList } from '../../../core/canonical.ts';
import type { RequestPart, RequestView } from '../../../messaging/requests.ts';
import { fateText, reasonText } from '../../fate-text.ts';
import { requestSentence } from '../../request-text.ts';
import { fateOf, refusalOf } from '../../state/fate.ts';
import { t } from '../../text.ts';
import { statusText } from './status-text.ts';

/** What became of one order of a batch; of one that is open, what the batch says. */
function partText(view: RequestView, { outcome, orderStatus, error }: RequestPart): string {
  const fate = fateText(outcome ?? fateOf(view));
  if (outcome === 'refused' && error) return `${fate}: ${reasonText(refusalOf({ error }))}`;
  return orderStatus === undefined ? fate : `${fate}, ${statusText(orderStatus)}`;
}

/** Each order of a batch and what became of it. */
export function PartList({ view }: { view: RequestView }) {
  const { instruction, params, parts = [] } = view;
  return (
    <ol class="part-list">
      {parts.map((part, index) => (
        <li key={part.clientId}>
          {requestSentence({ instruction, params: (isList(params) && params[index]) || {} })}
          <span class="secondary"> · {partText(view, part)}</span>
        </li>
      ))}
    </ol>
  );
}

/** The same on demand; nothing for what is no batch. */
export function Parts({ view }: { view: RequestView }) {
  if (!view.parts) return null;
  return (
    <details>
      <summary>{t('eachOrder')}</summary>
      <PartList view={view} />
    </details>
  );
}
