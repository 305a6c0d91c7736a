import {
  assertDecimal,
  compare,
  type Decimal,
  divide,
  isZero,
  multiply,
} from '../../core/decimal.ts';
import type { Problem } from '../../exchange/bounds.ts';
import type { OrderParams } from '../../exchange/instructions/orders.ts';
import { orderProblems } from '../../exchange/rules.ts';
import type { Market } from '../../exchange/types.ts';
import type { Prepared } from '../../messaging/requests.ts';
import type { ApprovalView } from '../../messaging/sites.ts';
import {
  type OrderContext,
  orderWarnings,
  type Severity,
  spending,
} from '../../policy/warnings.ts';
import { grouped } from '../format.ts';
import { orderOf } from '../order-qualifiers.ts';
import { originParts } from '../origin.ts';
import { problemText } from '../screens/common/problem-text.ts';
import type { Surroundings } from '../state/surroundings.ts';
import { t } from '../text.ts';
import { transferWarningText } from '../transfer-warning-text.ts';
import { warningText } from '../warning-text.ts';
import { eachOf } from './each.ts';

/** Something remarkable about what is asked, in words. */
export interface Remark {
  key: string;
  severity: Severity;
  words: string;
}

const HUNDRED = assertDecimal('100');
/** From this share of what is available on, in percent, an order says how much it takes. */
const WORTH_SAYING = assertDecimal('50');

/** What share of the available balance an order takes, in percent with two decimals; `undefined` if it is not known. */
export function shareOfBalance(
  order: OrderParams,
  market: Market,
  context: OrderContext,
): { percent: Decimal; asset: string; available: Decimal } | undefined {
  const spent = spending(order, market, context);
  if (!spent || isZero(spent.available)) return undefined;
  const percent = divide(multiply(spent.needed, HUNDRED), spent.available, 2);
  return { percent, asset: spent.asset, available: spent.available };
}

function share(order: OrderParams, market: Market, context: OrderContext): Remark[] {
  const found = shareOfBalance(order, market, context);
  if (!found || compare(found.percent, HUNDRED) > 0) return [];
  if (compare(found.percent, WORTH_SAYING) < 0) return [];
  const { percent, asset, available } = found;
  const words = t('remarkShare', percent, grouped(available), asset);
  return [{ key: 'share', severity: 'info', words }];
}

/** A value off the market's rules, with the nearest ones that it allows. */
function problemRemark(problem: Problem): Remark {
  const values = problem.suggestions?.map(grouped) ?? [];
  const nearest = values.length > 0 ? ` ${t('remarkNearest', values.join(', '))}` : '';
  const words = `${problemText(problem)}${nearest}`;
  return { key: `rule-${problem.path}`, severity: 'warn', words };
}

/** Everything remarkable about an order, from the market and the account as they are now. */
function orderRemarks(
  order: OrderParams,
  market: Market | undefined,
  context: OrderContext,
): Remark[] {
  if (!market) return [];
  return [
    ...orderWarnings(order, market, context).map((warning) => {
      const words = warningText(warning);
      return { key: words, severity: warning.severity, words };
    }),
    ...orderProblems(order, market).map(problemRemark),
    ...share(order, market, context),
  ];
}

/** What the address of the site itself gives reason to say. */
function originRemarks(origin: string): Remark[] {
  const { isLocal, isForeignScript } = originParts(origin);
  const remarks: Remark[] = [];
  if (isForeignScript) {
    remarks.push({ key: 'script', severity: 'warn', words: t('remarkForeignScript') });
  }
  if (isLocal) remarks.push({ key: 'local', severity: 'info', words: t('remarkLocal') });
  return remarks;
}

/** A withdrawal, held against the address book, earlier withdrawals and the account's own addresses. */
function withdrawalRemarks(
  requests: readonly Prepared[],
  { withdrawal }: Pick<Surroundings, 'withdrawal'>,
): Remark[] {
  return requests
    .filter(({ instruction }) => instruction === 'withdraw')
    .flatMap(({ params }) => withdrawal.warningsOf(params))
    .map((warning) => ({
      key: transferWarningText(warning),
      severity: warning.severity,
      words: transferWarningText(warning),
    }));
}

/** How long a signature that is handed out can be used. */
function signatureRemarks({ kind, window }: ApprovalView): Remark[] {
  if (kind === 'signSubscription') {
    return [{ key: 'streams', severity: 'warn', words: t('remarkStreams') }];
  }
  if ((kind !== 'sign' && kind !== 'signBatch') || window === undefined) return [];
  const seconds = divide(assertDecimal(String(window)), assertDecimal('1000'), 3);
  return [{ key: 'repeatedly', severity: 'warn', words: t('remarkRepeatedly', seconds) }];
}

const ORDER: readonly Severity[] = ['severe', 'warn', 'info'];
const bySeverity = (a: Remark, b: Remark): number =>
  ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity);

/** Everything remarkable about one request, from the market and the account as they are now, the worst first. */
export function requestRemarks(
  request: Prepared,
  { market, contextOf, withdrawal }: Pick<Surroundings, 'market' | 'contextOf' | 'withdrawal'>,
): readonly Remark[] {
  const order = orderOf(request);
  const of = order && market.market(order.symbol);
  const ofOrder = order && of ? orderRemarks(order, of, contextOf(of)) : [];
  return [...ofOrder, ...withdrawalRemarks([request], { withdrawal })].sort(bySeverity);
}

/** Everything remarkable about what a site asks, the worst first. Orders of a batch are told apart by their number. */
export function remarksOf(
  approval: ApprovalView,
  surroundings: Pick<Surroundings, 'market' | 'contextOf' | 'withdrawal'>,
): readonly Remark[] {
  const { market, contextOf } = surroundings;
  const requests = eachOf(approval.requests);
  const numbered = requests.length > 1;
  const ofOrders = requests.flatMap((request, index) => {
    const order = orderOf(request);
    const of = order && market.market(order.symbol);
    if (!order || !of) return [];
    return orderRemarks(order, of, contextOf(of)).map((remark) => ({
      ...remark,
      key: `${index} ${remark.key}`,
      words: numbered ? t('remarkOfOrder', index + 1, remark.words) : remark.words,
    }));
  });
  return [
    ...ofOrders,
    ...withdrawalRemarks(requests, surroundings),
    ...signatureRemarks(approval),
    ...originRemarks(approval.origin),
  ].sort(bySeverity);
}
