import { base58Check, solana } from './base58.ts';
import { segwitOr } from './bech32.ts';
import { cardano } from './cardano.ts';
import { bitcoinCash } from './cashaddr.ts';
import { evm } from './evm.ts';
import { aptos, near, sei, sui } from './plain.ts';
import type { Checker } from './verdict.ts';

interface Rules {
  /** By the exchange's names. */
  chains: readonly string[];
  check: Checker;
  /** For chains whose rules let through much that is not theirs: what surely is. */
  recognise?: (address: string) => boolean;
}

/** All that share Ethereum's addresses, Avalanche by its C-Chain. */
const EVM_CHAINS: readonly string[] = [
  'Ethereum',
  'Arbitrum',
  'Avalanche',
  'Base',
  'Berachain',
  'Bsc',
  'HyperEVM',
  'Hyperliquid',
  'Linea',
  'Monad',
  'Optimism',
  'Plasma',
  'Polygon',
  'Stable',
  'Story',
  '0G',
];

const bitcoin = base58Check({ main: [[0x00], [0x05]], test: [[0x6f], [0xc4]] });
/** Scripts begin with `M`. The older `3…` reads the same as Bitcoin's, and is refused for that. */
const litecoin = base58Check({ main: [[0x30], [0x32]], test: [[0x6f], [0xc4], [0x3a]] });
const dogecoin = base58Check({ main: [[0x1e], [0x16]], test: [[0x71], [0xc4], [0x6f]] });
/** Transparent addresses only, `t1…` and `t3…`: shielded ones have other forms and are refused. */
const zcash = base58Check({
  main: [
    [0x1c, 0xb8],
    [0x1c, 0xbd],
  ],
  test: [
    [0x1d, 0x25],
    [0x1c, 0xba],
  ],
});
const tron = base58Check({ main: [[0x41]], test: [[0xa0]] });

export const RULES: readonly Rules[] = [
  { chains: ['Solana', 'Eclipse', 'Fogo'], check: solana },
  { chains: EVM_CHAINS, check: evm },
  { chains: ['Sei'], check: sei },
  { chains: ['Bitcoin'], check: segwitOr('bc', ['tb', 'bcrt'], bitcoin) },
  { chains: ['BitcoinCash'], check: bitcoinCash },
  { chains: ['Litecoin'], check: segwitOr('ltc', ['tltc', 'rltc'], litecoin) },
  { chains: ['Dogecoin'], check: dogecoin },
  { chains: ['Zcash'], check: zcash },
  { chains: ['Tron'], check: tron },
  { chains: ['Cardano'], check: cardano },
  { chains: ['Aptos'], check: aptos },
  { chains: ['Sui'], check: sui },
  {
    chains: ['Near'],
    check: near,
    // `name.eth` and `name.sol` obey its grammar too.
    recognise: (address) => !/\.(?!near$|tg$)[^.]*$/.test(address) && near(address).ok,
  },
];
