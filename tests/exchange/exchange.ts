import { accountEndpoints } from './account-endpoints.ts';
import {
  type Account,
  type Balances,
  type BalancesGiven,
  balancesOf,
  createAccount,
} from './accounts.ts';
import { authenticate, credentialsOf, type Verify, verifyEd25519 } from './auth.ts';
import { type BookControls, bookControls } from './book-controls.ts';
import { capitalEndpoints } from './capital.ts';
import { plain } from './decimal.ts';
import { createDesks, type DeskControls, deskControls } from './desks.ts';
import { type Endpoint, type World, words } from './endpoint.ts';
import { createEngine } from './engine.ts';
import { createFaults, type Fault } from './faults.ts';
import { fundingEndpoints } from './funding.ts';
import type { GivenRow, HistoryKind } from './given-rows.ts';
import { historyEndpoints } from './history.ts';
import { lendingEndpoints } from './lending-endpoints.ts';
import { createMarketMaker } from './liquidity.ts';
import { markets } from './markets.ts';
import { isOpen, type PracticeFill, type PracticeOrder, practiceOrder } from './order.ts';
import { orderEndpoints } from './orders.ts';
import { publicEndpoints } from './public.ts';
import { createIds, createRandom } from './random.ts';
import { Refusal } from './refusal.ts';
import { rfqEndpoints } from './rfq-endpoints.ts';
import { knownMarket } from './rules.ts';
import { strategyEndpoints } from './strategy-endpoints.ts';
import {
  type ConnectionPort,
  createStreams,
  type PracticeConnection,
  type StreamControls,
} from './streams.ts';
import { type TransferControls, transferControls } from './transfer-controls.ts';
import { transferEndpoints } from './transfer-endpoints.ts';
import { createTransfers } from './transfers.ts';
import { createTwoFactor } from './two-factor.ts';
import { vaultEndpoints } from './vault-endpoints.ts';

export interface PracticeRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export interface PracticeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
/** `dropped`: the connection was cut. `delayMs` is for whoever carries the answer to wait. */
export type PracticeOutcome =
  | { readonly kind: 'response'; readonly response: PracticeResponse; readonly delayMs: number }
  | { readonly kind: 'dropped'; readonly delayMs: number };

export interface RequestLogEntry {
  readonly method: string;
  readonly path: string;
  readonly instruction?: string;
  readonly apiKey?: string;
  /** Unix ms by the injected clock. */
  readonly at: number;
  readonly status: number | 'dropped';
}

export interface PracticeExchange extends TransferControls, DeskControls, BookControls {
  /** Answer one request, at once: nothing in here waits. */
  handle(request: PracticeRequest): PracticeOutcome;
  /** A WebSocket was opened. */
  connect(port: ConnectionPort): PracticeConnection;
  /** Time went by: streams say what is due. To be called often. */
  tick(): void;
  readonly streams: StreamControls;
  addAccount(options: { apiKey: string; balances?: BalancesGiven; readOnly?: boolean }): void;
  openOrders(apiKey: string): readonly PracticeOrder[];
  /** Every order ever accepted, in any state, oldest first. */
  allOrders(apiKey: string): readonly PracticeOrder[];
  fills(apiKey: string): readonly PracticeFill[];
  balances(apiKey: string): Balances;
  /** Net positions in perpetuals; the cost is negative for a short one. */
  positions(apiKey: string): readonly { symbol: string; netQuantity: string; netCost: string }[];
  /** What the house has earned in fees, less the losses it bore, by asset. */
  houseFees(): Record<string, string>;
  /** What arrived, in order, whatever became of it. */
  requests(): readonly RequestLogEntry[];
  readonly faults: { add(fault: Fault): void; clear(): void };
  /** Put rows into a history of the account, given in any order; no order, balance or fill has to do with them. */
  giveHistory(apiKey: string, kind: HistoryKind, rows: readonly GivenRow[]): void;
  /** Histories show what was true that long ago. */
  setHistoryLag(ms: number): void;
  /** Shift the server's clock: its time, its expiry, its createdAt. */
  setClockSkew(ms: number): void;
}

/** The api key under which the market maker's orders, fills and balances can be looked up. */
export const MARKET_MAKER = 'market maker';

const endpoints: readonly Endpoint[] = [
  ...publicEndpoints,
  ...capitalEndpoints,
  ...orderEndpoints,
  ...historyEndpoints,
  ...transferEndpoints,
  ...accountEndpoints,
  ...fundingEndpoints,
  ...lendingEndpoints,
  ...rfqEndpoints,
  ...strategyEndpoints,
  ...vaultEndpoints,
];
const table = new Map(endpoints.map((entry) => [`${entry.method} ${entry.path}`, entry]));
const paths = new Set(endpoints.map(({ path }) => path));

function answerRefusal({ status, code, message }: Refusal): PracticeResponse {
  if (code === undefined) return words(message, status);
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ code, message }),
  };
}

const fortune: BalancesGiven = Object.fromEntries(
  markets
    .flatMap(({ base, quote }) => [base, quote])
    .map((asset) => [asset, { available: '1000000000000' }]),
);

/**
 * A local stand-in for the exchange. Same seed, same clock and same requests give the same answers.
 * @param options.verify - for runs by the thousand that are about something else than signatures, a cheaper one.
 * @param options.expiredStatus - with which an expired request is refused: 400, or 401 as was seen in 2024.
 */
export function createPracticeExchange(
  options: { seed?: number; now?: () => number; expiredStatus?: 400 | 401; verify?: Verify } = {},
): PracticeExchange {
  const { seed = 1, now = Date.now, expiredStatus = 400, verify = verifyEd25519 } = options;
  const random = createRandom(seed);
  const accounts = new Map<string, Account>();
  const log: RequestLogEntry[] = [];
  const faults = createFaults();
  let historyLagMs = 0;
  let clockSkewMs = 0;
  const clock = (): number => now() + clockSkewMs;

  const makerAccount = createAccount(MARKET_MAKER, { registered: true, balances: fortune });
  accounts.set(MARKET_MAKER, makerAccount);
  const engine = createEngine({
    seed,
    clock,
    now,
    nextId: createIds(random),
    opened: (venue) => marketMaker.quote(venue),
    happened: (event) => streams.orderChanged(event),
  });
  let micros = 0;
  const streams = createStreams(
    {
      engine,
      clock,
      stamp() {
        micros = Math.max(micros + 1, clock() * 1000);
        return { E: micros, T: micros };
      },
    },
    { now, accountOf: (apiKey) => accounts.get(apiKey) },
  );
  const marketMaker = createMarketMaker(makerAccount, () => engine, random);
  const transfers = createTransfers({
    seed,
    clock,
    now,
    accounts: () => accounts.values(),
    house: engine.house,
  });
  const twoFactor = createTwoFactor(seed, now);
  const desks = createDesks({
    seed,
    engine,
    maker: makerAccount,
    accounts: () => accounts.values(),
    clock,
    now,
  });
  const world: World = {
    engine,
    transfers,
    twoFactor,
    desks,
    clock,
    now,
    markOf: (symbol) => engine.venue(knownMarket(symbol)).mark,
    historyEnd: () => now() - historyLagMs,
  };
  const accountOf = (apiKey: string): Account =>
    accounts.get(apiKey) ?? createAccount(apiKey, { registered: false });

  function process(
    request: PracticeRequest,
    path: string,
    query: URLSearchParams,
  ): PracticeResponse {
    const entry = table.get(`${request.method} ${path}`);
    if (!entry) return paths.has(path) ? words('method not allowed', 405) : words('not found', 404);
    if (
      entry.method !== 'GET' &&
      !/^application\/json\b/.test(request.headers['content-type'] ?? '')
    )
      return words('the `Content-Type` requested by the client is not supported', 415);
    const credentials =
      entry.instruction === undefined ? undefined : credentialsOf(request.headers);
    const { signed, answer } = entry.prepare(query, request.body);
    if (!credentials || entry.instruction === undefined)
      return answer(createAccount('', { registered: false }), world);
    authenticate(credentials, entry.instruction, signed, clock(), expiredStatus, verify);
    const account = accountOf(credentials.apiKey);
    if (entry.method !== 'GET' && !account.registered)
      throw new Refusal(401, 'UNAUTHORIZED', 'Unauthorized');
    if (entry.method !== 'GET' && account.readOnly)
      throw new Refusal(403, 'FORBIDDEN', 'Forbidden');
    return answer(account, world);
  }

  function handle(request: PracticeRequest): PracticeOutcome {
    transfers.settle();
    desks.settle();
    const { pathname, searchParams } = new URL(request.url, 'https://api.backpack.exchange');
    const outcome = faults.apply(request.method, pathname, () => {
      try {
        return process(request, pathname, searchParams);
      } catch (error) {
        if (error instanceof Refusal) return answerRefusal(error);
        throw error;
      }
    });
    const instruction = table.get(`${request.method} ${pathname}`)?.instruction;
    const apiKey = request.headers['x-api-key'];
    log.push({
      method: request.method,
      path: pathname,
      ...(instruction === undefined ? {} : { instruction }),
      ...(apiKey === undefined ? {} : { apiKey }),
      at: now(),
      status: outcome.kind === 'dropped' ? 'dropped' : outcome.response.status,
    });
    streams.flush();
    return outcome;
  }

  return {
    ...transferControls(transfers, twoFactor, accountOf, now),
    ...deskControls(desks),
    ...bookControls(engine, marketMaker, accountOf),
    handle,
    connect: streams.connect,
    tick() {
      if (streams.controls.connections().length === 0) return;
      transfers.settle();
      desks.settle();
      streams.flush();
    },
    streams: streams.controls,
    addAccount({ apiKey, balances, readOnly = false }) {
      accounts.set(apiKey, createAccount(apiKey, { registered: true, readOnly, balances }));
    },
    openOrders: (apiKey) => accountOf(apiKey).orders.filter(isOpen).map(practiceOrder),
    allOrders: (apiKey) => accountOf(apiKey).orders.map(practiceOrder),
    fills: (apiKey) => accountOf(apiKey).fills.map(({ fill }) => fill),
    balances(apiKey) {
      transfers.settle();
      return balancesOf(accountOf(apiKey));
    },
    positions: (apiKey) =>
      [...accountOf(apiKey).positions.values()].map(({ symbol, netQuantity, netCost }) => ({
        symbol,
        netQuantity: plain(netQuantity),
        netCost: plain(netCost),
      })),
    houseFees: () =>
      Object.fromEntries([...engine.house].map(([asset, fee]) => [asset, plain(fee)])),
    requests: () => log,
    faults,
    giveHistory(apiKey, kind, rows) {
      accountOf(apiKey).givenRows[kind].push(...rows);
    },
    setHistoryLag(ms) {
      historyLagMs = ms;
    },
    setClockSkew(ms) {
      clockSkewMs = ms;
    },
  };
}
