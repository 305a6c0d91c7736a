import * as v from 'valibot';
import { decimal, each, idText, maybe, moment } from '../schema.ts';

/** `GET /api/v1/vault/nav`: what a share is worth, for the vault's owner. */
export const vaultNav = v.looseObject({
  nav: decimal,
  ...each(
    maybe(decimal),
    'twapNav',
    'mintNav',
    'redeemNav',
    'vaultEquity',
    'netEquity',
    'tokenCirculatingSupply',
  ),
  lastCrankTimestamp: maybe(moment),
});

/** A wish to give shares back. `status` is `Requested`, `Redeemed` or `Cancelled`; amounts come once it is redeemed. */
export const vaultRedeem = v.looseObject({
  id: idText,
  vaultId: v.number(),
  status: v.string(),
  vaultTokenQuantity: maybe(decimal),
  timestamp: maybe(moment),
  ...each(maybe(v.string()), 'vaultToken', 'symbol', 'reason'),
  ...each(maybe(decimal), 'quantity', 'nav'),
});
export const vaultRedeems = v.array(vaultRedeem);
export type VaultRedeem = v.InferOutput<typeof vaultRedeem>;

/** `GET /wapi/v1/history/vault/mint`. Only the exchange's Rust client tells its shape. */
export const vaultMint = v.looseObject({
  id: idText,
  vaultId: v.number(),
  quantity: decimal,
  ...each(maybe(v.string()), 'symbol', 'vaultToken'),
  ...each(maybe(decimal), 'vaultTokensMinted', 'nav'),
  timestamp: maybe(moment),
});
export const vaultMints = v.array(vaultMint);
export type VaultMint = v.InferOutput<typeof vaultMint>;
