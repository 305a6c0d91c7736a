import { listOf } from '../../../core/canonical.ts';
import { add, assertDecimal, compare, type Decimal, isDecimal } from '../../../core/decimal.ts';
import { orders as instructions, type OrderParams } from '../../../exchange/instructions/orders.ts';
import type { Market } from '../../../exchange/types.ts';
import type { AnyPrepared } from '../../../messaging/requests.ts';
import type { OneParams } from '../../../messaging/shapes.ts';
import {
  costOf,
  type OrderContext,
  orderWarnings,
  spending,
  type Warning,
} from '../../../policy/warnings.ts';
import { Amount } from '../../components/Amount.tsx';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Notice } from '../../components/Notice.tsx';
import { grouped, shortKey } from '../../format.ts';
import { orderOf, qualifiersOf } from '../../order-qualifiers.ts';
import { placesFor } from '../../places.ts';
import { openTwins } from '../../state/placement.ts';
import { ticket } from '../../state/ticket.ts';
import type { Trading } from '../../state/trading.ts';
import { plural, sentence, t } from '../../text.ts';
import { warningText } from '../../warning-text.ts';
import { SignedText } from '../common/SignedText.tsx';
import { KINDS } from '../common/severity.ts';

const ZERO = assertDecimal('0');
const sum = (values: readonly (Decimal | undefined)[]): Decimal =>
  values.reduce<Decimal>((total, each) => (each === undefined ? total : add(total, each)), ZERO);
const sizeOf = ({ quantity = '' }: OrderParams): Decimal | undefined =>
  isDecimal(quantity) ? quantity : undefined;

/** As many as the list shows at once. */
const IN_SIGHT = 9;
/** A longer list scrolls, so that the keyboard has to reach it. */
const scrolls = (count: number) => (count > IN_SIGHT ? { tabIndex: 0 } : {});

interface Numbered {
  warning: Warning;
  index: number;
}

/** The farther from the mark, the worse; of anything else the first one stands for all. */
const worse = (a: Numbered, b: Numbered): Numbered =>
  a.warning.code === 'far-from-mark' &&
  b.warning.code === 'far-from-mark' &&
  compare(b.warning.percent, a.warning.percent) > 0
    ? b
    : a;

/** What is remarkable about the orders: of each kind the worst, and of how many more; about what all of them take, once. */
function remarks(orders: readonly OrderParams[], market: Market, context: OrderContext) {
  // Each order by itself may be paid for: what counts is what all of them need.
  const all = orders.flatMap((order, index) =>
    orderWarnings(order, market, { ...context, available: undefined }).map((warning) => ({
      ...{ warning, index },
    })),
  );
  const kinds = [...new Set(all.map(({ warning }) => warning.code))];
  const each = kinds.map((code) => {
    const alike = all.filter(({ warning }) => warning.code === code);
    const { warning, index } = alike.reduce(worse);
    const words = t('remarkOfOrder', index + 1, warningText(warning));
    const text = alike.length > 1 ? plural('remarkOfMore', alike.length - 1, words) : words;
    return { kind: KINDS[warning.severity], text };
  });
  const spent = orders.map((order) => spending(order, market, context));
  const [first] = spent;
  const needed = sum(spent.map((one) => one?.needed));
  if (!first || compare(needed, first.available) <= 0) return each;
  const over = t('warnOverBalance', grouped(needed), grouped(first.available), first.asset);
  return [{ kind: KINDS.warn, text: over }, ...each];
}

function Totals({ orders, market }: { orders: readonly OrderParams[]; market: Market }) {
  const cost = sum(orders.map((order) => costOf(order)));
  const quantity = sum(orders.map(sizeOf));
  return (
    <>
      <div>
        <dt>{t('ladderTotal')}</dt>
        <dd>
          <Amount value={quantity} unit={market.baseSymbol} />
        </dd>
      </div>
      <div>
        <dt>{t('orderValue')}</dt>
        <dd>
          <Amount value={cost} decimals={placesFor(cost)} unit={market.quoteSymbol} />
        </dd>
      </div>
    </>
  );
}

/** Every order of a ladder, just as they will be signed: one request, one confirmation. */
export function ReviewLadder({ trading, prepared }: { trading: Trading; prepared: AnyPrepared }) {
  const { ladder, trade } = ticket(trading);
  const orders = listOf<OneParams>(prepared.params).flatMap(
    (params) => orderOf({ instruction: prepared.instruction, params }) ?? [],
  );
  const [first] = orders;
  const market = first && trading.market.market(first.symbol);
  if (!first || !market) return null;
  const alike = { symbol: first.symbol, side: first.side };
  const twins = openTwins(trading.requests, 'orderExecute', alike).length;
  const notes = remarks(orders, market, trade.context.value);
  return (
    <Dialog title={t('reviewLadder')} onBack={ladder.back}>
      <p class="review-sentence">{sentence(prepared.phrase)}</p>
      <p class="review-qualifiers">{qualifiersOf(first)}</p>
      {twins > 0 && <Notice kind="error">{plural('twinOrders', twins)}</Notice>}
      {notes.length > 0 && (
        <section class="warnings" aria-label={t('warnings')}>
          {notes.map(({ kind, text }) => (
            <Notice key={text} kind={kind}>
              {text}
            </Notice>
          ))}
        </section>
      )}
      <ol class="ladder-orders" aria-label={t('ladderOrders')} {...scrolls(orders.length)}>
        {orders.map((order) => (
          <li key={order.clientId}>{sentence(instructions.orderExecute.words(order))}</li>
        ))}
      </ol>
      <dl class="review-fields">
        <div>
          <dt>{t('account')}</dt>
          <dd title={prepared.apiKey}>{`${prepared.label} · ${shortKey(prepared.apiKey)}`}</dd>
        </div>
        <Totals orders={orders} market={market} />
      </dl>
      <SignedText prepared={prepared} />
      <div class="dialog-actions">
        <Button onPress={ladder.back}>{t('back')}</Button>
        <Button
          kind="primary"
          busy={ladder.busy.value === 'sending'}
          onPress={() => void ladder.place()}
        >
          {t('placeOrders', orders.length)}
        </Button>
      </div>
    </Dialog>
  );
}
