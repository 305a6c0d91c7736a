import { utcTime } from '../../exchange/time.ts';
import {
  type Deposit,
  deposits,
  type Withdrawal,
  withdrawals,
} from '../../exchange/transfer-types.ts';
import { type Fill, fills, type HistoricOrder, historicOrders } from '../../exchange/types.ts';
import type { HistorySource } from './walk.ts';

const only = (symbol: string): { symbol?: string } => (symbol === '' ? {} : { symbol });

export const orderSource: HistorySource<HistoricOrder> = {
  read: (reads, page, { symbol }) =>
    reads.account(
      'orderHistoryQueryAll',
      { ...page, sortDirection: 'Desc', ...only(symbol) },
      historicOrders,
    ),
  key: ({ id }) => id,
  at: ({ createdAt }) => utcTime(createdAt),
  symbol: ({ symbol }) => symbol,
  filters: { symbol: true, time: false },
};

export const fillSource: HistorySource<Fill> = {
  read: (reads, page, { symbol, from, to }) =>
    reads.account(
      'fillHistoryQueryAll',
      { ...page, sortDirection: 'Desc', ...only(symbol), from, to },
      fills,
    ),
  // One trade fills at most one order of each side, and an account may be on both. Some fills have no trade: conversions.
  key: ({ orderId, tradeId, timestamp, price, quantity }) =>
    `${orderId} ${tradeId ?? `${timestamp} ${price} ${quantity}`}`,
  at: ({ timestamp }) => utcTime(timestamp),
  symbol: ({ symbol }) => symbol,
  filters: { symbol: true, time: true },
};

const NO_TIME = Number.NaN;

/** The exchange filters deposits and withdrawals by time only, and gives them newest first. */
export const depositSource: HistorySource<Deposit> = {
  read: (reads, page, { from, to }) =>
    reads.account('depositQueryAll', { ...page, from, to }, deposits),
  key: ({ id }) => id,
  at: ({ createdAt }) => (createdAt == null ? NO_TIME : utcTime(createdAt)),
  symbol: ({ symbol }) => symbol,
  filters: { symbol: false, time: true },
};

export const withdrawalSource: HistorySource<Withdrawal> = {
  read: (reads, page, { from, to }) =>
    reads.account('withdrawalQueryAll', { ...page, from, to }, withdrawals),
  key: ({ id }) => id,
  at: ({ createdAt }) => (createdAt == null ? NO_TIME : utcTime(createdAt)),
  symbol: ({ symbol }) => symbol,
  filters: { symbol: false, time: true },
};
