import * as v from 'valibot';
import { vaultMints, vaultNav, vaultRedeems } from '../answers/vaults.ts';
import { field } from '../schema.ts';
import { entry, nothing } from './entry.ts';
import { margin, page, subaccountId } from './parts.ts';

const vaultId = field.u32;
const { limit, offset } = page;
const history = v.strictObject({ vaultId: v.optional(vaultId), subaccountId, limit, offset });

export const vaults = {
  /**
   * Hands money to whoever runs the vault, who may be the caller's accomplice, and it comes back only after a delay: next to
   * a withdrawal, so it is confirmed like one.
   */
  vaultMint: entry({
    method: 'POST',
    path: '/api/v1/vault/mint',
    params: v.strictObject({
      vaultId,
      symbol: field.symbol,
      quantity: field.amount,
      autoBorrow: margin.autoBorrow,
      autoLendRedeem: margin.autoLendRedeem,
    }),
    answer: nothing,
    scope: 'account',
    outcome: 'byState',
    words: (p) => ({
      key: 'wordsVaultMint',
      values: [`${p.quantity} ${p.symbol}`, `${p.vaultId}`],
    }),
  }),
  /** Brings money back into the account, at the vault's price. */
  vaultRedeemRequest: entry({
    method: 'POST',
    path: '/api/v1/vault/redeem',
    /** Without a quantity: all shares. */
    params: v.strictObject({ vaultId, vaultTokenQuantity: v.optional(field.amount) }),
    answer: nothing,
    scope: 'trade',
    outcome: 'byState',
    words: (p) =>
      p.vaultTokenQuantity === undefined
        ? { key: 'wordsVaultRedeemAll', values: [`${p.vaultId}`] }
        : { key: 'wordsVaultRedeem', values: [p.vaultTokenQuantity, `${p.vaultId}`] },
  }),
  vaultRedeemCancel: entry({
    method: 'DELETE',
    path: '/api/v1/vault/redeem',
    params: v.strictObject({ vaultId }),
    answer: nothing,
    scope: 'trade',
    outcome: 'byState',
    words: (p) => ({ key: 'wordsVaultRedeemCancel', values: [`${p.vaultId}`] }),
  }),
  /** For keys of the vault's own account, as is the next. */
  vaultPendingRedeemsQuery: entry({
    method: 'GET',
    path: '/api/v1/vault/redeems/pending',
    params: v.strictObject({ vaultId }),
    answer: vaultRedeems,
    scope: 'read',
    words: (p) => ({ key: 'wordsVaultPendingRedeems', values: [`${p.vaultId}`] }),
  }),
  vaultNavQuery: entry({
    method: 'GET',
    path: '/api/v1/vault/nav',
    params: v.strictObject({}),
    answer: vaultNav,
    scope: 'read',
    words: () => ({ key: 'wordsVaultNav', values: [] }),
  }),
  /** Not in the exchange's own document, as the next; its Rust client has them. */
  vaultMintHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/vault/mint',
    params: history,
    answer: vaultMints,
    scope: 'read',
    words: () => ({ key: 'wordsVaultMintHistory', values: [] }),
  }),
  vaultRedeemHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/vault/redeem',
    params: history,
    answer: vaultRedeems,
    scope: 'read',
    words: () => ({ key: 'wordsVaultRedeemHistory', values: [] }),
  }),
};
