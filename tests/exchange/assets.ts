/** One row of `tokens`. `nativeDecimals` comes as a number or as text, `contractAddress` as null or not at all. */
export interface Token {
  readonly blockchain: string;
  readonly displayName: string;
  readonly contractAddress?: string | null;
  readonly depositEnabled: boolean;
  readonly minimumDeposit: string;
  readonly withdrawEnabled: boolean;
  readonly minimumWithdrawal: string;
  readonly maximumWithdrawal: string | null;
  readonly withdrawalFee: string;
  readonly nativeDecimals: number | string | null;
}
export interface Asset {
  readonly symbol: string;
  readonly displayName: string;
  readonly coingeckoId: string | null;
  readonly tokens: readonly Token[];
}

type Row = Omit<Token, 'displayName'>;

function token(
  blockchain: string,
  contractAddress: string | null,
  [minimumDeposit, minimumWithdrawal, withdrawalFee]: readonly [string, string, string],
  nativeDecimals: number | string | null,
  extra: Partial<Row> = {},
): Row {
  return {
    blockchain,
    contractAddress,
    depositEnabled: true,
    minimumDeposit,
    withdrawEnabled: true,
    minimumWithdrawal,
    maximumWithdrawal: null,
    withdrawalFee,
    nativeDecimals,
    ...extra,
  };
}
const asset = (
  symbol: string,
  displayName: string,
  coingeckoId: string | null,
  ...rows: Row[]
): Asset => ({
  symbol,
  displayName,
  coingeckoId,
  tokens: rows.map((row) => ({ displayName, ...row })),
});

const solanaUsdc = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v';
const solanaUsdt = 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB';
const ethereumUsdc = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const ethereumUsdt = '0xdAC17F958D2ee523a2206206994597C13D831ec7';
const baseUsdc = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913';
const arbitrumUsdc = '0xaf88d065e77c8cC2239327C5EDb3A432268e5831';
const tronUsdt = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';

const { contractAddress: _none, ...nativeSol } = token('Fogo', null, ['0.01', '0.02', '0.01'], 9);

/**
 * Every asset, with the oddities of the real list: deposits or withdrawals switched off, a maximum, decimals in
 * text or missing, and a chain (`Starknet`) that is in no published enumeration and that requests cannot name.
 */
export const assets: readonly Asset[] = [
  asset(
    'USDC',
    'USD Coin',
    'usd-coin',
    token('Solana', solanaUsdc, ['1', '2', '1'], 6),
    token('Ethereum', ethereumUsdc, ['3', '6', '3'], 6),
    token('Base', baseUsdc, ['0.5', '1', '0.5'], '6', { maximumWithdrawal: '5000' }),
    token('Arbitrum', arbitrumUsdc, ['0.5', '1', '0.5'], 6, { depositEnabled: false }),
    token('Starknet', null, ['1', '2', '1'], null, { depositEnabled: false }),
  ),
  asset(
    'USDT',
    'Tether',
    'tether',
    token('Solana', solanaUsdt, ['0.7', '1.4', '0.7'], 6),
    token('Ethereum', ethereumUsdt, ['3.1', '6.2', '3.1'], 6),
    token('Tron', tronUsdt, ['1', '10', '2.5'], '6', { maximumWithdrawal: '250000' }),
  ),
  asset(
    'SOL',
    'Solana',
    'solana',
    token('Solana', null, ['0.01', '0.02', '0.01'], 9),
    token('Eclipse', null, ['0.01', '0.02', '0.01'], 9, { withdrawEnabled: false }),
    nativeSol,
  ),
  asset('BTC', 'Bitcoin', 'bitcoin', token('Bitcoin', null, ['0.0001', '0.0002', '0.0001'], 8)),
  asset(
    'ETH',
    'Ether',
    'ethereum',
    token('Ethereum', null, ['0.001', '0.002', '0.001'], 18),
    token('Base', null, ['0.0001', '0.0002', '0.0001'], '18'),
    token('Arbitrum', null, ['0.0001', '0.0002', '0.0001'], 18, {
      depositEnabled: false,
      withdrawEnabled: false,
    }),
  ),
  asset('XRP', 'XRP', 'ripple', token('XRP', null, ['1', '2', '0.2'], 6)),
  asset('DOGE', 'Dogecoin', 'dogecoin', token('Dogecoin', null, ['10', '20', '4'], 8)),
  asset('LTC', 'Litecoin', 'litecoin', token('Litecoin', null, ['0.01', '0.02', '0.001'], 8)),
  asset('TRX', 'TRON', 'tron', token('Tron', null, ['1', '20', '1'], 6)),
  asset('ADA', 'Cardano', 'cardano', token('Cardano', null, ['2', '4', '1'], 6)),
  asset('SUI', 'Sui', 'sui', token('Sui', null, ['0.5', '1', '0.05'], 9)),
  asset('NEAR', 'NEAR', 'near', token('Near', null, ['0.1', '0.2', '0.01'], '24')),
  asset('ZEC', 'Zcash', 'zcash', token('Zcash', null, ['0.01', '0.02', '0.005'], 8)),
  asset('kPEPE', 'Pepe (per thousand)', null),
  asset('WIF', 'dogwifhat', 'dogwifcoin'),
];

const bySymbol = new Map(assets.map((one) => [one.symbol, one]));
export const assetOf = (symbol: string): Asset | undefined => bySymbol.get(symbol);
export const tokenOf = (symbol: string, blockchain: string): Token | undefined =>
  assetOf(symbol)?.tokens.find((one) => one.blockchain === blockchain);
