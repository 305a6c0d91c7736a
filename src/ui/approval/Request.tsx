import type { AnyPrepared, Prepared } from '../../messaging/requests.ts';
import { costOf } from '../../policy/warnings.ts';
import { AddressText } from '../components/AddressText.tsx';
import { Amount } from '../components/Amount.tsx';
import { shortKey } from '../format.ts';
import { orderOf, qualifiersOf } from '../order-qualifiers.ts';
import { placesFor } from '../places.ts';
import { fieldsOf } from '../screens/Trade/fields.ts';
import { fieldsOf as withdrawalFieldsOf } from '../screens/Transfer/fields.ts';
import type { Surroundings } from '../state/surroundings.ts';
import { sentence, t } from '../text.ts';
import { shareOfBalance } from './remarks.ts';

interface RequestProps {
  request: Prepared;
  surroundings: Surroundings;
}

/** The request in one sentence, with what changes how it acts. */
export function RequestSentence({ request }: { request: Prepared }) {
  const { instruction, params, phrase } = request;
  const order = orderOf(request);
  if (instruction === 'withdraw') {
    const { quantity, symbol, blockchain, address } = params;
    return (
      <>
        <p class="approval-sentence">
          {t('withdrawSentence', String(quantity), String(symbol), String(blockchain))}
        </p>
        <p class="review-address">
          <AddressText address={String(address)} />
        </p>
      </>
    );
  }
  return (
    <>
      <p class="approval-sentence">{sentence(phrase)}</p>
      {order && <p class="approval-qualifiers">{qualifiersOf(order)}</p>}
    </>
  );
}

/** What an order comes to and what share of the balance that is, where prices are known. */
export function Estimates({ request, surroundings }: RequestProps) {
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

const fieldsIn = ({ instruction, params }: Prepared) =>
  instruction === 'withdraw' ? withdrawalFieldsOf(params) : fieldsOf(params);

/** What the network takes of a withdrawal, where it is known. */
export function Fee({ request, surroundings }: RequestProps) {
  if (request.instruction !== 'withdraw') return null;
  const fee = surroundings.withdrawal.feeOf(request.params);
  return (
    <div>
      <dt>{t('networkFee')}</dt>
      <dd>
        {fee === undefined ? (
          t('absent')
        ) : (
          <Amount value={fee} unit={String(request.params.symbol)} />
        )}
      </dd>
    </div>
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
      {fieldsIn(request).map(({ key, label, value }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <Estimates request={request} surroundings={surroundings} />
      <Fee request={request} surroundings={surroundings} />
    </dl>
  );
}

interface SignedTextProps {
  requests: readonly AnyPrepared[];
  /** Validity in ms; what the settings say where the request says nothing. */
  window: number | undefined;
  /** A second factor goes along, whose token nobody is shown. */
  withToken: boolean;
}

/** The very text that will be signed, on demand. A batch is signed as one text, its orders one after the other. */
export function SignedText({ requests, window, withToken }: SignedTextProps) {
  const [first] = requests;
  if (!first) return null;
  const token = withToken ? ['twoFactorToken=•••'] : [];
  const text = [...requests.map(({ canonical }) => canonical), ...token].join('&');
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
