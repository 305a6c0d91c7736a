import { computed, type ReadonlySignal, signal } from '@preact/signals';
import * as v from 'valibot';
import { tokenOn } from '../../exchange/transfer-rules.ts';
import { type DepositAddress, depositAddress } from '../../exchange/transfer-types.ts';
import type { Asset, Token } from '../../exchange/types.ts';
import type { KnownAddress } from '../../policy/transfer-warnings.ts';
import type { AssetsState } from './assets.ts';
import type { Drafts } from './drafts.ts';
import type { Reads } from './reads.ts';
import { createLoader, known, type Loader, type Remote } from './remote.ts';

export interface DepositChoice {
  symbol: string;
  blockchain: string;
}

export interface DepositState {
  readonly choice: ReadonlySignal<DepositChoice>;
  readonly asset: ReadonlySignal<Asset | undefined>;
  readonly token: ReadonlySignal<Token | undefined>;
  /** The account's address on the chosen network. */
  readonly address: ReadonlySignal<Remote<DepositAddress>>;
  /** Every deposit address that has been seen, for telling when money is sent to one. */
  readonly own: ReadonlySignal<readonly KnownAddress[]>;
  choose(part: Partial<DepositChoice>): void;
  /** Asks for the account's address on that network, unless it is there. */
  look(blockchain: string): Promise<boolean>;
  /** Asks for the chosen network's address anew. */
  refresh(): Promise<boolean>;
  restore(): Promise<void>;
  reset(): void;
}

const FORM = 'deposit';
const EMPTY: DepositChoice = { symbol: '', blockchain: '' };
const typed = v.pipe(v.string(), v.maxLength(100));
const storedChoice = v.object({ symbol: typed, blockchain: typed });
const IDLE: Remote<DepositAddress> = { status: 'idle' };

export function createDeposit(reads: Reads, assets: AssetsState, drafts: Drafts): DepositState {
  const choice = signal<DepositChoice>(EMPTY);
  const loaders = signal<ReadonlyMap<string, Loader<DepositAddress>>>(new Map());

  const asset = computed(() => assets.asset(choice.value.symbol));
  const token = computed(() => tokenOn(asset.value, choice.value.blockchain));
  const loaderOf = (blockchain: string): Loader<DepositAddress> => {
    const there = loaders.value.get(blockchain);
    if (there) return there;
    const made = createLoader(() =>
      reads.account('depositAddressQuery', { blockchain }, depositAddress),
    );
    loaders.value = new Map(loaders.value).set(blockchain, made);
    return made;
  };
  const address = computed(() => loaders.value.get(choice.value.blockchain)?.state.value ?? IDLE);

  return {
    choice,
    asset,
    token,
    address,
    own: computed(() =>
      [...loaders.value].flatMap(([blockchain, loader]) => {
        const seen = known(loader.state.value)?.value;
        return seen ? [{ blockchain, address: seen.address }] : [];
      }),
    ),
    choose(part) {
      const next = { ...choice.value, ...part };
      // One network to choose from is no choice; another asset may not move on the network that was chosen.
      const networks = assets.asset(next.symbol)?.tokens.map(({ blockchain }) => blockchain) ?? [];
      const only = networks.length === 1 ? networks[0] : undefined;
      const kept = networks.includes(next.blockchain) ? next.blockchain : '';
      choice.value = { ...next, blockchain: only ?? kept };
      drafts.write(FORM, choice.value);
    },
    async look(blockchain) {
      const loader = loaderOf(blockchain);
      return loader.state.value.status === 'ready' || loader.refresh();
    },
    async refresh() {
      const { value } = token;
      return value !== undefined && loaderOf(value.blockchain).refresh();
    },
    async restore() {
      const before = choice.value;
      const read = v.safeParse(storedChoice, await drafts.read(FORM));
      if (read.success && choice.value === before) choice.value = read.output;
    },
    reset() {
      choice.value = EMPTY;
      for (const loader of loaders.value.values()) loader.reset();
      loaders.value = new Map();
    },
  };
}
