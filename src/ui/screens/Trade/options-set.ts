import type { OrderDraft } from '../../../exchange/order-draft.ts';
import { t } from '../../text.ts';
import { STP_TEXTS } from './option-texts.ts';

const FLAGS = ['autoBorrow', 'autoBorrowRepay', 'autoLend', 'autoLendRedeem'] as const;

/** What is set among the folded options, in words. */
export function optionsSet(order: OrderDraft): readonly string[] {
  const { stopLossTriggerPrice, takeProfitTriggerPrice, slippageTolerance, clientId } = order;
  const { selfTradePrevention, slippageToleranceType } = order;
  const slippage = slippageToleranceType === 'Percent' ? 'setSlippagePercent' : 'setSlippageTicks';
  const words = [
    stopLossTriggerPrice && t('setStopLoss', stopLossTriggerPrice),
    takeProfitTriggerPrice && t('setTakeProfit', takeProfitTriggerPrice),
    slippageTolerance && t(slippage, slippageTolerance),
    selfTradePrevention && t('setSelfTrade', t(STP_TEXTS[selfTradePrevention])),
    clientId && t('setClientId', clientId),
    ...FLAGS.map((flag) => order[flag] && t(flag)),
  ];
  return words.filter((word) => typeof word === 'string' && word !== '') as string[];
}
