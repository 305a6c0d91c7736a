import type { BookEntry } from '../../../src/messaging/transfers.ts';

// What the background passes on of money in and out, as plain data.

export const SOLANA = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
export const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

const token = (blockchain: string, more: object = {}) => ({
  blockchain,
  contractAddress: null,
  depositEnabled: true,
  minimumDeposit: '1',
  withdrawEnabled: true,
  minimumWithdrawal: '2',
  maximumWithdrawal: null,
  withdrawalFee: '1',
  nativeDecimals: 6,
  ...more,
});
export const assets = [
  {
    symbol: 'USDC',
    displayName: 'USD Coin',
    tokens: [
      token('Solana'),
      token('Base', { maximumWithdrawal: '500' }),
      token('Arbitrum', { depositEnabled: false, withdrawEnabled: false }),
    ],
  },
  { symbol: 'XRP', displayName: 'XRP', tokens: [token('XRP')] },
  { symbol: 'WIF', displayName: 'dogwifhat', tokens: [] },
];

export const withdrawalRow = (id: number, more: object = {}) => ({
  id,
  symbol: 'USDC',
  quantity: '25',
  status: 'pending',
  createdAt: '2026-01-02T03:04:05.678',
  blockchain: 'Solana',
  toAddress: SOLANA,
  clientId: `buckle-${id}`,
  fee: '1',
  transactionHash: null,
  identifier: null,
  isInternal: false,
  triggerAt: null,
  ...more,
});
export const depositRow = (id: number, more: object = {}) => ({
  id,
  symbol: 'USDC',
  quantity: '250.5',
  status: 'confirmed',
  createdAt: '2026-01-02T03:04:06.678',
  source: 'hyperEVM',
  fromAddress: EVM,
  toAddress: EVM,
  transactionHash: '0xabc0000000000000000000000000000000000def',
  ...more,
});

export const entry = (more: Partial<BookEntry> = {}): BookEntry => ({
  id: '30000000-0000-4000-8000-000000000001',
  label: 'Cold storage',
  address: SOLANA,
  blockchain: 'Solana',
  needsCode: false,
  createdAt: 1,
  ...more,
});
