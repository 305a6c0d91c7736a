import { Fragment } from 'preact';
import type { ApprovalView } from '../../messaging/sites.ts';
import type { Surroundings } from '../state/surroundings.ts';
import { plural, t } from '../text.ts';
import { eachOf } from './each.ts';
import { RequestFields, RequestSentence, SignedText } from './Request.tsx';

interface AskedProps {
  approval: ApprovalView;
  surroundings: Surroundings;
  /** A second factor will go along. */
  withToken: boolean;
}

/** One request, or a batch with each of its orders. */
export function Asked({ approval }: { approval: ApprovalView }) {
  if (approval.kind === 'signSubscription') return <Streams streams={approval.streams ?? []} />;
  const requests = eachOf(approval.requests);
  const [first] = requests;
  if (requests.length === 1 && first) return <RequestSentence request={first} />;
  return (
    <>
      <p class="approval-sentence">{plural('approvalBatch', requests.length)}</p>
      <ol class="approval-batch">
        {requests.map((request) => (
          <li key={request.id}>
            <RequestSentence request={request} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Streams({ streams }: { streams: readonly string[] }) {
  return (
    <>
      <p class="approval-sentence">{t('approvalStreams')}</p>
      <p class="secondary">{t('approvalStreamsNamed')}</p>
      <ul class="approval-streams">
        {streams.map((stream) => (
          <li key={stream}>
            <code>{stream}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Every field of what is asked, and the text that will be signed. A batch is unfolded on demand: it may be long. */
export function AskedDetails({ approval, surroundings, withToken }: AskedProps) {
  const { kind } = approval;
  const requests = eachOf(approval.requests);
  if (requests.length === 0) return null;
  const single = requests.length === 1;
  return (
    <>
      <details class="approval-details" aria-label={t('details')} open={single}>
        <summary>{t('details')}</summary>
        {requests.map((request, index) => (
          <Fragment key={request.id}>
            {!single && <h3>{t('approvalOrderNumber', index + 1)}</h3>}
            <RequestFields request={request} surroundings={surroundings} />
          </Fragment>
        ))}
      </details>
      <SignedText
        requests={approval.requests}
        window={kind === 'send' ? undefined : approval.window}
        withToken={withToken}
      />
    </>
  );
}
