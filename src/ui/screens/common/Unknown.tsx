import type { RequestView } from '../../../messaging/requests.ts';
import { unknownText } from '../../request-text.ts';

/** The account on the exchange's own site: open orders, histories and balances start here. */
const ACCOUNT = 'https://backpack.exchange/portfolio';

/** That nobody knows what became of a request, and where a person can look. */
export function Unknown({ view }: { view: RequestView }) {
  return (
    <>
      <span>{unknownText(view)}</span>{' '}
      <a href={ACCOUNT} target="_blank" rel="noreferrer">
        {ACCOUNT}
      </a>
    </>
  );
}
