import { isZero } from '../../../core/decimal.ts';
import type { Asset, Token } from '../../../exchange/types.ts';
import { FIAT_CHAINS, TAG_CHAINS } from '../../../policy/addresses.ts';
import type { Option } from '../../components/Select.tsx';
import { shownAmount } from '../../format.ts';
import { placesFor } from '../../places.ts';
import type { BalancesState } from '../../state/balances.ts';
import { t } from '../../text.ts';

/** Nothing is chosen for a person where money is concerned. */
const none = (text: string): Option => ({ value: '', text });

/** Assets that can move, those that are there first, each with what is available. A choice that is gone stays in sight. */
export function assetOptions(
  assets: readonly Asset[],
  balances: BalancesState,
  chosen: string,
): readonly Option[] {
  const held = ({ symbol }: Asset): boolean => {
    const available = balances.available(symbol);
    return available !== undefined && !isZero(available);
  };
  const option = ({ symbol }: Asset): Option => {
    const available = balances.available(symbol);
    return available === undefined
      ? { value: symbol, text: symbol }
      : {
          value: symbol,
          text: t('assetAvailable', symbol, shownAmount(available, placesFor(available))),
        };
  };
  const shown = [...assets.filter(held), ...assets.filter((asset) => !held(asset))].map(option);
  const isGone = chosen !== '' && !shown.some(({ value }) => value === chosen);
  const gone = isGone ? [{ value: chosen, text: chosen }] : [];
  return [none(t('chooseAsset')), ...gone, ...shown];
}

const isUnfit = ({ blockchain }: Token): boolean =>
  TAG_CHAINS.includes(blockchain) || FIAT_CHAINS.includes(blockchain);

/** One network in a list: its name and what it asks, or why money cannot take it. */
function networkText(token: Token, direction: 'in' | 'out'): string {
  const { blockchain } = token;
  if (isUnfit(token)) return t('networkUnfit', blockchain);
  if (direction === 'in') {
    return token.depositEnabled
      ? t('networkIn', blockchain, token.minimumDeposit)
      : t('networkOffIn', blockchain);
  }
  return token.withdrawEnabled
    ? t('networkOut', blockchain, token.withdrawalFee, token.minimumWithdrawal)
    : t('networkOffOut', blockchain);
}

/** The networks that an asset moves on. One that is shut can be chosen: the reason then stands beside it. */
export function networkOptions(
  asset: Asset | undefined,
  direction: 'in' | 'out',
  chosen: string,
): readonly Option[] {
  const tokens = asset?.tokens ?? [];
  const shown = tokens.map((token) => ({
    value: token.blockchain,
    text: networkText(token, direction),
  }));
  const isGone = chosen !== '' && !shown.some(({ value }) => value === chosen);
  const gone = isGone ? [{ value: chosen, text: chosen }] : [];
  return [none(t(asset ? 'chooseNetwork' : 'chooseAssetFirst')), ...gone, ...shown];
}
