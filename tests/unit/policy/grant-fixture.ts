import type { Grant } from '../../../src/policy/grant.ts';

export const NOW = 1_760_000_000_000;
export const ORIGIN = 'https://desk.example';
export const ACCOUNT = '5f0c6f39-7f0d-4d0e-9a6b-0c2b62a1a001';
export const OTHER = '5f0c6f39-7f0d-4d0e-9a6b-0c2b62a1a002';

/** Worth 100 USDC at a mark of 100. */
export const LIMIT = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '90',
  quantity: '1',
};

/** A grant that lets `LIMIT` through, ten times a day. */
export const aGrant = (change: Partial<Grant> = {}): Grant => ({
  id: '5f0c6f39-7f0d-4d0e-9a6b-0c2b62a1b001',
  origin: ORIGIN,
  account: ACCOUNT,
  createdAt: NOW - 1000,
  scopes: ['read', 'trade'],
  markets: 'all',
  kinds: ['limit', 'market', 'cancel'],
  reduceOnly: false,
  maxOrder: '100',
  maxDay: '1000',
  maxPerMinute: 600,
  expiresAt: NOW + 1,
  ...change,
});
