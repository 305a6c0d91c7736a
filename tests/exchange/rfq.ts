import { type Account, availableOf, credit } from './accounts.ts';
import { type Amount, amount, floorTo } from './decimal.ts';
import type { Engine } from './engine.ts';
import { band, type Market } from './markets.ts';
import type { Side } from './order.ts';
import { refuse } from './refusal.ts';
import { knownMarket } from './rules.ts';

export interface Quote {
  readonly quoteId: string;
  readonly rfq: Rfq;
  readonly maker: Account;
  readonly clientId: number | undefined;
  readonly bidPrice: Amount;
  readonly askPrice: Amount;
  readonly createdAt: number;
  status: 'New' | 'Filled' | 'Expired' | 'Cancelled';
  changedAt: number;
}
export interface Rfq {
  readonly rfqId: string;
  readonly account: Account;
  readonly clientId: number | undefined;
  readonly market: Market;
  readonly side: Side;
  readonly price: Amount | undefined;
  readonly quantity: Amount | undefined;
  readonly quoteQuantity: Amount | undefined;
  readonly executionMode: 'AwaitAccept' | 'Immediate';
  readonly createdAt: number;
  readonly quotes: Quote[];
  status: Quote['status'];
  expiryTime: number;
  /** True time of the last change: a lagging history does not know it yet. */
  changedAt: number;
  fill: { readonly quote: Quote; readonly price: Amount; readonly at: number } | undefined;
}
export type RfqAsked = Pick<
  Rfq,
  'clientId' | 'market' | 'side' | 'price' | 'quantity' | 'quoteQuantity' | 'executionMode'
>;

/** How long a request waits for quotes, and how much longer when it is refreshed. */
const LIFE_MS = 60_000;
const SPREAD = '0.001';
const notFound = () => refuse('INVALID_CLIENT_REQUEST', 'RFQ not found');

/** Trading by quotes, in spot markets and without fees. The market maker quotes every request at once. */
export function createRfqs(options: {
  engine: Engine;
  maker: Account;
  clock(): number;
  now(): number;
  nextId(): string;
}) {
  const { engine, maker, clock, now, nextId } = options;
  const rfqs: Rfq[] = [];
  const quotes: Quote[] = [];

  function close(rfq: Rfq, status: Rfq['status']): void {
    rfq.status = status;
    rfq.changedAt = now();
    for (const quote of rfq.quotes) {
      if (quote.status === 'New') quote.status = status === 'Filled' ? 'Expired' : status;
      quote.changedAt = now();
    }
  }

  function expire(): void {
    for (const rfq of rfqs)
      if (rfq.status === 'New' && rfq.expiryTime <= clock()) close(rfq, 'Expired');
  }

  const sizeAt = (rfq: Rfq, price: Amount): Amount =>
    rfq.quantity ?? floorTo((rfq.quoteQuantity ?? amount(0)).div(price), rfq.market.stepSize);

  /** @throws Refusal when either side cannot pay; then nothing has changed. */
  function fill(rfq: Rfq, quote: Quote): void {
    const isBuy = rfq.side === 'Bid';
    const price = isBuy ? quote.askPrice : quote.bidPrice;
    const quantity = sizeAt(rfq, price);
    const { base, quote: paid } = rfq.market;
    const [buyer, seller] = isBuy ? [rfq.account, quote.maker] : [quote.maker, rfq.account];
    const cost = quantity.times(price);
    if (cost.gt(availableOf(buyer, paid)) || quantity.gt(availableOf(seller, base)))
      throw refuse('INSUFFICIENT_FUNDS', 'Insufficient funds');
    credit(buyer, paid, cost.neg());
    credit(seller, paid, cost);
    credit(seller, base, quantity.neg());
    credit(buyer, base, quantity);
    quote.status = 'Filled';
    rfq.fill = { quote, price, at: clock() };
    close(rfq, 'Filled');
  }

  function offer(
    rfq: Rfq,
    by: Account,
    terms: Pick<Quote, 'clientId' | 'bidPrice' | 'askPrice'>,
  ): Quote {
    const quote: Quote = {
      quoteId: nextId(),
      rfq,
      maker: by,
      ...terms,
      createdAt: clock(),
      status: 'New',
      changedAt: now(),
    };
    rfq.quotes.push(quote);
    quotes.push(quote);
    const { price, side } = rfq;
    const within =
      price && (side === 'Bid' ? quote.askPrice.lte(price) : quote.bidPrice.gte(price));
    if (rfq.executionMode === 'Immediate' && within) fill(rfq, quote);
    return quote;
  }

  function quoteByHouse(rfq: Rfq): void {
    const { mark } = engine.venue(rfq.market);
    const { tickSize } = rfq.market;
    offer(rfq, maker, {
      clientId: undefined,
      bidPrice: floorTo(mark.times(amount(1).minus(SPREAD)), tickSize),
      askPrice: floorTo(mark.times(amount(1).plus(SPREAD)), tickSize).plus(tickSize),
    });
  }

  function submit(account: Account, asked: RfqAsked): Rfq {
    if (!asked.market.open) throw refuse('TRADING_PAUSED', 'Market is closed');
    if (asked.market.marketType !== 'SPOT') throw refuse('INVALID_MARKET', 'Market takes no RFQs');
    const rfq: Rfq = {
      rfqId: nextId(),
      account,
      ...asked,
      createdAt: clock(),
      quotes: [],
      status: 'New',
      expiryTime: clock() + LIFE_MS,
      changedAt: now(),
      fill: undefined,
    };
    rfqs.push(rfq);
    if (account !== maker) quoteByHouse(rfq);
    return rfq;
  }

  interface Which {
    readonly rfqId: string | undefined;
    readonly clientId: number | undefined;
  }
  /** The account's open request that is meant. */
  function openOne(account: Account, { rfqId, clientId }: Which): Rfq {
    if ((rfqId === undefined) === (clientId === undefined))
      throw refuse('INVALID_CLIENT_REQUEST', 'Must specify exactly one of rfqId or clientId');
    const found = rfqs.find(
      (rfq) =>
        rfq.account === account &&
        rfq.status === 'New' &&
        (rfqId === undefined ? rfq.clientId === clientId : rfq.rfqId === rfqId),
    );
    if (!found) throw notFound();
    return found;
  }

  return {
    expire,
    submit,
    of: (account: Account) => rfqs.filter((rfq) => rfq.account === account),
    quotesOf: (account: Account) => quotes.filter((quote) => quote.maker === account),
    accept(account: Account, which: Which, quoteId: string): Rfq {
      const rfq = openOne(account, which);
      const quote = rfq.quotes.find((each) => each.quoteId === quoteId && each.status === 'New');
      if (!quote) throw refuse('INVALID_CLIENT_REQUEST', 'Quote not found');
      fill(rfq, quote);
      return rfq;
    },
    refresh(account: Account, rfqId: string): Rfq {
      const rfq = openOne(account, { rfqId, clientId: undefined });
      rfq.expiryTime = clock() + LIFE_MS;
      rfq.changedAt = now();
      return rfq;
    },
    cancel(account: Account, which: Which): Rfq {
      const rfq = openOne(account, which);
      close(rfq, 'Cancelled');
      return rfq;
    },
    /** An account quotes somebody else's request. */
    quote(
      account: Account,
      rfqId: string,
      terms: Pick<Quote, 'clientId' | 'bidPrice' | 'askPrice'>,
    ): Quote {
      const rfq = rfqs.find((each) => each.rfqId === rfqId && each.account !== account);
      if (rfq?.status !== 'New') throw notFound();
      const { mark } = engine.venue(rfq.market);
      const { bidPrice, askPrice } = terms;
      if (
        bidPrice.gt(askPrice) ||
        bidPrice.lt(mark.times(band.min)) ||
        askPrice.gt(mark.times(band.max))
      )
        throw refuse('INVALID_PRICE', 'Invalid price');
      return offer(rfq, account, terms);
    },
    /** The market maker asks for quotes. Returns the request's id. */
    askByHouse: (symbol: string, side: Side, quantity: string): string =>
      submit(maker, {
        clientId: undefined,
        market: knownMarket(symbol),
        side,
        price: undefined,
        quantity: amount(quantity),
        quoteQuantity: undefined,
        executionMode: 'AwaitAccept',
      }).rfqId,
    /** The market maker takes a quote that it was given. */
    acceptByHouse(quoteId: string): void {
      const quote = quotes.find((each) => each.quoteId === quoteId && each.status === 'New');
      if (!quote || quote.rfq.account !== maker) throw new Error(`no quote ${quoteId}`);
      fill(quote.rfq, quote);
    },
  };
}
