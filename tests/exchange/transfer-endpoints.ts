import { availableOf } from './accounts.ts';
import { blockchain, isChain, isWellFormed } from './addresses.ts';
import { assetOf, type Token, tokenOf } from './assets.ts';
import { amount, decimalsOf, plain, zero } from './decimal.ts';
import { type Endpoint, endpoint, json } from './endpoint.ts';
import { type GivenRow, together } from './given-rows.ts';
import { decimal, flag, i32, i64, optional, text, textUpTo, u64, upTo } from './params.ts';
import { refuse } from './refusal.ts';
import { depositAnswer, withdrawalAnswer } from './transfer.ts';

const span = {
  from: optional(i64),
  to: optional(i64),
  limit: optional(upTo(1000)),
  offset: optional(u64),
};
interface Span {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly limit: number | undefined;
  readonly offset: number | undefined;
}

/** Of rows given oldest first, one page, newest first. Unlike other histories these have no `X-PAGE` headers. */
function pageOf<R extends { readonly createdAt: number }>(
  rows: readonly R[],
  given: readonly GivenRow[],
  params: Span,
  show: (row: R) => object | undefined,
): object[] {
  const from = params.from ?? Number.NEGATIVE_INFINITY;
  const to = params.to ?? Number.POSITIVE_INFINITY;
  if (from > to) throw refuse('INVALID_RANGE', 'Invalid range');
  const offset = params.offset ?? 0;
  const real = rows.flatMap((row) => {
    const shown = show(row);
    return shown ? [{ at: row.createdAt, row: shown }] : [];
  });
  const inSpan = ({ at }: { readonly at: number }): boolean => at >= from && at < to;
  return together(real.filter(inSpan), given.filter(inSpan))
    .toReversed()
    .slice(offset, offset + (params.limit ?? 100));
}

/** What the asset and the chain ask of a withdrawal. Their order and most of their words are ours. */
function checkQuantity(quantity: string, token: Token): void {
  const value = amount(quantity);
  const decimals = token.nativeDecimals;
  if (decimals !== null && decimalsOf(value) > Number(decimals))
    throw refuse('INVALID_QUANTITY', 'Quantity decimal too long');
  if (value.lt(token.minimumWithdrawal))
    throw refuse('INVALID_QUANTITY', 'Quantity is below the minimum withdrawal');
  if (token.maximumWithdrawal !== null && value.gt(token.maximumWithdrawal))
    throw refuse('INVALID_QUANTITY', 'Quantity is above the maximum withdrawal');
}

/** Not what platforms such as the exchange itself brought: our reading of `excludePlatform`. */
const isPlatform = (source: string): boolean => source === 'internal' || source === 'administrator';

export const transferEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/wapi/v1/capital/deposits',
    instruction: 'depositQueryAll',
    params: { ...span, excludePlatform: optional(flag) },
    handle({ params, account, world }) {
      const rows = account.deposits.filter(
        ({ source }) => !(params.excludePlatform && isPlatform(source)),
      );
      return json(
        pageOf(rows, account.givenRows.deposits, params, (row) =>
          depositAnswer(row, world.historyEnd()),
        ),
      );
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/capital/deposit/address',
    instruction: 'depositAddressQuery',
    params: { blockchain },
    handle({ params, account, world }) {
      if (!account.registered) return json({});
      if (!isChain(params.blockchain))
        throw refuse('INVALID_CLIENT_REQUEST', 'Blockchain has no deposit addresses');
      if (world.transfers.hasConflict(params.blockchain))
        throw refuse('PRECONDITION_FAILED', 'Deposit address is already being created', 409);
      return json({ address: world.transfers.depositAddress(account.apiKey, params.blockchain) });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/capital/withdrawals',
    instruction: 'withdrawalQueryAll',
    params: { ...span, id: optional(i32), clientId: optional(text) },
    handle({ params, account, world }) {
      const rows = account.withdrawals.filter(
        ({ id, clientId }) =>
          (params.id ?? id) === id && (params.clientId ?? clientId) === clientId,
      );
      const isSearch = params.id !== undefined || params.clientId !== undefined;
      const given = isSearch ? [] : account.givenRows.withdrawals;
      return json(pageOf(rows, given, params, (row) => withdrawalAnswer(row, world.historyEnd())));
    },
  }),
  endpoint({
    method: 'POST',
    path: '/wapi/v1/capital/withdrawals',
    instruction: 'withdraw',
    payload: 'AccountWithdrawalPayload',
    params: {
      address: text,
      blockchain,
      clientId: optional(textUpTo(255)),
      quantity: decimal,
      symbol: text,
      twoFactorToken: optional(text),
      autoBorrow: optional(flag),
      autoLendRedeem: optional(flag),
    },
    handle({ params, account, world }) {
      if (!assetOf(params.symbol)) throw refuse('INVALID_ASSET', 'Invalid asset');
      const token = tokenOf(params.symbol, params.blockchain);
      if (!token || !isChain(params.blockchain))
        throw refuse('INVALID_ASSET', 'Asset is not available on this blockchain');
      if (!token.withdrawEnabled)
        throw refuse('PRECONDITION_FAILED', 'Withdrawals are disabled for this asset');
      checkQuantity(params.quantity, token);
      if (!isWellFormed(params.blockchain, params.address))
        throw refuse('INVALID_CLIENT_REQUEST', 'Invalid address');
      const { twoFactor, transfers } = world;
      twoFactor.check(account.apiKey, params.address, params.twoFactorToken);
      const isExempt = twoFactor.isExempt(account.apiKey, params.address);
      const order = { ...params, blockchain: params.blockchain, token, isExempt };
      const withdrawal = transfers.withdraw(account, order);
      twoFactor.spend(params.twoFactorToken);
      return json(withdrawalAnswer(withdrawal, world.now()));
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/account/limits/withdrawal',
    instruction: 'maxWithdrawalQuantity',
    params: { symbol: text, autoBorrow: optional(flag), autoLendRedeem: optional(flag) },
    handle({ params, account }) {
      if (!account.registered) return json({});
      if (!assetOf(params.symbol)) throw refuse('INVALID_ASSET', 'Invalid asset');
      const available = availableOf(account, params.symbol);
      return json({
        autoBorrow: params.autoBorrow ?? null,
        autoLendRedeem: params.autoLendRedeem ?? null,
        maxWithdrawalQuantity: plain(available.gt(0) ? available : zero),
        symbol: params.symbol,
      });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/wapi/v1/user/2fa',
    instruction: 'issueTwoFactorToken',
    payload: 'IssueTwoFactorToken',
    params: { app: optional(text), email: optional(text) },
    handle: ({ params, account, world }) =>
      json({ signature: world.twoFactor.issue(account.apiKey, params) }),
  }),
];
