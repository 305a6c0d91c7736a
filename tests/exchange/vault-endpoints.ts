import { amount, plain } from './decimal.ts';
import { type Endpoint, empty, endpoint, json } from './endpoint.ts';
import { pageOf } from './paging.ts';
import { decimal, flag, optional, text, u16, u32, u64, upTo } from './params.ts';
import { refuse } from './refusal.ts';
import { type Redeem, VAULT } from './vaults.ts';

const history = {
  subaccountId: optional(u16),
  vaultId: optional(u32),
  limit: optional(upTo(1000)),
  offset: optional(u64),
};

const redeemAnswer = ({ id, status, tokens, timestamp }: Redeem): object => ({
  status,
  id,
  vaultId: VAULT.id,
  vaultTokenQuantity: plain(tokens),
  vaultToken: status === 'Redeemed' ? VAULT.token : null,
  symbol: status === 'Redeemed' ? VAULT.symbol : null,
  quantity: status === 'Redeemed' ? plain(tokens.times(VAULT.nav)) : null,
  nav: status === 'Redeemed' ? VAULT.nav : null,
  reason: status === 'Cancelled' ? 'UserRequested' : null,
  timestamp,
});

const forOwners = () => refuse('FORBIDDEN', 'Forbidden', 403);

export const vaultEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/vault/mint',
    instruction: 'vaultMint',
    payload: 'VaultMintRequest',
    params: {
      vaultId: u32,
      symbol: text,
      quantity: decimal,
      autoBorrow: optional(flag),
      autoLendRedeem: optional(flag),
    },
    handle({ params, account, world }) {
      const { vaultId, symbol, quantity } = params;
      world.desks.vaults.mint(account, vaultId, symbol, amount(quantity));
      return empty;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/vault/redeem',
    instruction: 'vaultRedeemRequest',
    payload: 'VaultRedeemRequest',
    params: { vaultId: u32, vaultTokenQuantity: optional(decimal) },
    handle({ params: { vaultId, vaultTokenQuantity: tokens }, account, world }) {
      world.desks.vaults.request(
        account,
        vaultId,
        tokens === undefined ? undefined : amount(tokens),
      );
      return empty;
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/api/v1/vault/redeem',
    instruction: 'vaultRedeemCancel',
    payload: 'VaultRedeemCancelRequest',
    params: { vaultId: u32 },
    handle({ params, account, world }) {
      world.desks.vaults.cancel(account, params.vaultId);
      return empty;
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/vault/redeems/pending',
    instruction: 'vaultPendingRedeemsQuery',
    params: { vaultId: u32 },
    handle({ account, world: { desks } }) {
      if (!desks.vaults.isOwner(account)) throw forOwners();
      return json(desks.vaults.pending().map(redeemAnswer));
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/vault/nav',
    instruction: 'vaultNavQuery',
    params: {},
    handle({ account, world: { desks } }) {
      if (!desks.vaults.isOwner(account)) throw forOwners();
      const supply = desks.vaults.supply();
      const equity = plain(supply.times(VAULT.nav));
      return json({
        nav: VAULT.nav,
        twapNav: VAULT.nav,
        mintNav: VAULT.nav,
        redeemNav: VAULT.nav,
        vaultEquity: equity,
        netEquity: equity,
        tokenCirculatingSupply: plain(supply),
        lastCrankTimestamp: null,
      });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/vault/mint',
    instruction: 'vaultMintHistoryQueryAll',
    params: history,
    handle({ params, account, world }) {
      const rows = world.desks.vaults
        .mints(account)
        .filter(({ at }) => at <= world.historyEnd() && (params.vaultId ?? VAULT.id) === VAULT.id);
      return json(
        pageOf(
          rows.map(({ row }) => row),
          params,
        ),
      );
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/vault/redeem',
    instruction: 'vaultRedeemHistoryQueryAll',
    params: history,
    handle({ params, account, world }) {
      const rows = world.desks.vaults
        .redeems(account)
        .filter(
          ({ changedAt }) =>
            changedAt <= world.historyEnd() && (params.vaultId ?? VAULT.id) === VAULT.id,
        );
      return json(pageOf(rows.map(redeemAnswer), params));
    },
  }),
];
