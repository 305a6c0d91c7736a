import { amount, maxOf, plain, zero } from './decimal.ts';
import { type Endpoint, empty, endpoint, json } from './endpoint.ts';
import type { LoanPosition, Row } from './lending.ts';
import { naive } from './order.ts';
import { fits, page, paging } from './paging.ts';
import { decimal, oneOf, optional, text } from './params.ts';
import { worthOf } from './worth.ts';

const side = oneOf('BorrowLendSide', 'Borrow', 'Lend');
const marginFunction = { type: 'sqrt', base: '0.02', factor: '0.0000935' };

const shown = (rows: readonly Row[], end: number): object[] =>
  rows.filter(({ at }) => at <= end).map(({ row }) => row);

const pastAnswer = (position: LoanPosition): object => ({
  positionId: position.id,
  quantity: plain(position.netQuantity.abs()),
  symbol: position.symbol,
  source: 'Manual',
  cumulativeInterest: plain(position.interest),
  avgInterestRate: '0.05',
  side: position.side,
  createdAt: naive(position.createdAt),
});

export const lendingEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/borrowLend/positions',
    instruction: 'borrowLendPositionQuery',
    params: {},
    handle({ account, world: { desks, engine } }) {
      const positions = [...desks.lending.bookOf(account).positions.values()];
      return json(
        positions.map(({ id, symbol, netQuantity, interest }) => ({
          id,
          symbol,
          netQuantity: plain(netQuantity),
          netExposureQuantity: plain(netQuantity.abs()),
          netExposureNotional: plain(netQuantity.abs().times(worthOf(engine, symbol))),
          markPrice: plain(worthOf(engine, symbol)),
          cumulativeInterest: plain(interest),
          estLiquidationPrice: '0',
          imf: '0.02',
          imfFunction: marginFunction,
          mmf: '0.0125',
          mmfFunction: marginFunction,
        })),
      );
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/borrowLend',
    instruction: 'borrowLendExecute',
    payload: 'BorrowLendExecutePayload',
    params: { quantity: decimal, side, symbol: text },
    handle({ params, account, world }) {
      world.desks.lending.execute(account, params.symbol, params.side, amount(params.quantity));
      return empty;
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/account/limits/borrow',
    instruction: 'maxBorrowQuantity',
    params: { symbol: text },
    handle: ({ params: { symbol }, account, world }) =>
      json({
        symbol,
        maxBorrowQuantity: plain(maxOf(world.desks.lending.borrowable(account, symbol), zero)),
      }),
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/borrowLend',
    instruction: 'borrowHistoryQueryAll',
    params: {
      type: optional(oneOf('BorrowLendEventType', 'Borrow', 'BorrowRepay', 'Lend', 'LendRedeem')),
      sources: optional(text),
      positionId: optional(text),
      symbol: optional(text),
      ...paging,
    },
    handle({ params, account, world }) {
      const { type: eventType, sources, positionId, symbol } = params;
      const rows = shown(world.desks.lending.bookOf(account).movements, world.historyEnd());
      const meant = sources === undefined || sources.split(',').includes('Manual');
      return page(
        meant ? rows.filter((row) => fits(row, { eventType, positionId, symbol })) : [],
        params,
      );
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/borrowLend/positions',
    instruction: 'borrowPositionHistoryQueryAll',
    params: {
      symbol: optional(text),
      side: optional(side),
      state: optional(oneOf('BorrowLendPositionState', 'Open', 'Closed')),
      ...paging,
    },
    handle({ params, account, world }) {
      const { positions, closed } = world.desks.lending.bookOf(account);
      const rows = [
        ...(params.state === 'Open' ? [] : closed),
        ...(params.state === 'Closed' ? [] : positions.values()),
      ].map(pastAnswer);
      return page(
        rows.filter((row) => fits(row, { symbol: params.symbol, side: params.side })),
        params,
      );
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/interest',
    instruction: 'interestHistoryQueryAll',
    params: {
      asset: optional(text),
      symbol: optional(text),
      positionId: optional(text),
      source: optional(oneOf('InterestPaymentSource', 'UnrealizedPnl', 'BorrowLend')),
      ...paging,
    },
    handle({ params, account, world }) {
      const { asset, symbol: marketSymbol, positionId, source } = params;
      const rows = shown(world.desks.lending.bookOf(account).interest, world.historyEnd());
      const meant = source !== 'UnrealizedPnl';
      return page(
        meant ? rows.filter((row) => fits(row, { symbol: asset, marketSymbol, positionId })) : [],
        params,
      );
    },
  }),
];
