import type { Prepared } from '../../messaging/requests.ts';
import { costOf } from '../../policy/warnings.ts';
import { Amount } from '../components/Amount.tsx';
import { shortKey } from '../format.ts';
import { orderOf, qualifiersOf } from '../order-qualifiers.ts';
import { placesFor } from '../places.ts';
import { fieldsOf } from '../screens/Trade/fields.ts';
import type { Surroundings } from '../state/surroundings.ts';
import { sentence, t } from '../text.ts';
import { shareOfBalance } from './remarks.ts';

interface RequestProps {
  request: Prepared;
  surroundings: Surroundings;
}

/** The request in one sentence, with what changes how it acts. */
export function RequestSentence({ request }: { request: Prepared }) {
  const order = orderOf(request);
  return (
    <>
      <p class="approval-sentence">{sentence(request.phrase)}</p>
      {order && <p class="approval-qualifiers">{qualifiersOf(order)}</p>}
    </>
  );
}

/** What an order comes to and what share of the balance that is, where prices are known. */
function Estimates({ request, surroundings }: RequestProps) {
  const order = orderOf(request);
  const market = order && surroundings.market.market(order.symbol);
  if (!order || !market) return null;
  const context = surroundings.contextOf(market);
  const cost = costOf(order, context.mark);
  const share = shareOfBalance(order, market, context);
  return (
    <>
      {context.mark !== undefined && (
        <div>
          <dt>{t(context.markBy === 'last' ? 'approvalLastPrice' : 'approvalMarkPrice')}</dt>
          <dd>
            <Amount value={context.mark} unit={market.quoteSymbol} live />
          </dd>
        </div>
      )}
      {cost !== undefined && (
        <div>
          <dt>{t(order.orderType === 'Market' ? 'orderValueAbout' : 'orderValue')}</dt>
          <dd>
            <Amount value={cost} decimals={placesFor(cost)} unit={market.quoteSymbol} />
          </dd>
        </div>
      )}
      {share && (
        <div>
          <dt>{t('approvalShare', share.asset)}</dt>
          <dd>{t('percent', share.percent)}</dd>
        </div>
      )}
    </>
  );
}

/** Every member of the request, in words, and what it comes to. */
export function RequestFields({ request, surroundings }: RequestProps) {
  return (
    <dl class="review-fields">
      <div>
        <dt>{t('account')}</dt>
        <dd title={request.apiKey}>{`${request.label} · ${shortKey(request.apiKey)}`}</dd>
      </div>
      {fieldsOf(request.params).map(({ key, label, value }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <Estimates request={request} surroundings={surroundings} />
    </dl>
  );
}

interface SignedTextProps {
  requests: readonly Prepared[];
  /** Validity in ms; what the settings say where the request says nothing. */
  window: number | undefined;
}

/** The very text that will be signed, on demand. A batch is signed as one text, its orders one after the other. */
export function SignedText({ requests, window }: SignedTextProps) {
  const [first] = requests;
  if (!first) return null;
  const text = requests.map(({ canonical }) => canonical).join('&');
  return (
    <details
      class="signed-text"
      onToggle={(event) => event.currentTarget.scrollIntoView({ block: 'nearest' })}
    >
      <summary>{t('whatWillBeSigned')}</summary>
      <code>{`${text}&timestamp=${t('whenSent')}&window=${window ?? first.window}`}</code>
      <p class="secondary">{t('approvalSentTo', first.method, first.path)}</p>
    </details>
  );
}
