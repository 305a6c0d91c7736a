import { isAtMarket } from '../../../exchange/order-draft.ts';
import { hasPositions } from '../../../exchange/rules.ts';
import type { Market } from '../../../exchange/types.ts';
import { Check } from '../../components/Check.tsx';
import { Field } from '../../components/Field.tsx';
import { Select } from '../../components/Select.tsx';
import { t } from '../../text.ts';
import { STP_TEXTS } from './option-texts.ts';
import { TriggerBy } from './TriggerBy.tsx';
import type { OrderFields } from './use-order-fields.ts';

interface PartProps {
  fields: OrderFields;
  market: Market;
}

/** An order that goes along and closes what was traded, once the price reaches it. */
function AttachedOrder({ fields, market, kind }: PartProps & { kind: 'stopLoss' | 'takeProfit' }) {
  const { draft, change } = fields;
  const by = `${kind}TriggerBy` as const;
  return (
    <div class="attached">
      <Field
        label={t(`${kind}TriggerPrice`)}
        inputMode="decimal"
        {...fields.text(`${kind}TriggerPrice`)}
      />
      <Field
        label={t(`${kind}LimitPrice`)}
        inputMode="decimal"
        placeholder={t('marketPriceShort')}
        {...fields.text(`${kind}LimitPrice`)}
      />
      <TriggerBy
        label={t(by)}
        value={draft[by]}
        market={market}
        onChange={(chosen) => change({ [by]: chosen })}
      />
    </div>
  );
}

function Slippage({ fields }: { fields: OrderFields }) {
  return (
    <Field
      label={t('slippageTolerance')}
      inputMode="decimal"
      placeholder={t('usual')}
      {...fields.text('slippageTolerance')}
    >
      <Select
        label={t('slippageToleranceType')}
        hideLabel
        value={fields.draft.slippageToleranceType}
        options={[
          { value: 'Percent', text: t('inPercent') },
          { value: 'TickSize', text: t('inTicks') },
        ]}
        onChange={(slippageToleranceType) => fields.change({ slippageToleranceType })}
      />
    </Field>
  );
}

const FLAGS = ['autoBorrow', 'autoBorrowRepay', 'autoLend', 'autoLendRedeem'] as const;

/** What a spot order may do with lent and borrowed funds by itself. */
function Margin({ fields }: { fields: OrderFields }) {
  return (
    <fieldset class="margin">
      <legend>{t('spotMargin')}</legend>
      {FLAGS.map((flag) => (
        <Check
          key={flag}
          label={t(flag)}
          checked={fields.draft[flag]}
          onChange={(on) => fields.change({ [flag]: on })}
        />
      ))}
    </fieldset>
  );
}

/** Choices that few orders need. */
export function MoreOptions({ fields }: { fields: OrderFields }) {
  const { draft, market, change } = fields;
  if (!market) return null;
  const isLadder = draft.orderType === 'Ladder';
  return (
    <div class="options">
      {!isLadder && <AttachedOrder fields={fields} market={market} kind="stopLoss" />}
      {!isLadder && <AttachedOrder fields={fields} market={market} kind="takeProfit" />}
      {isAtMarket(draft.orderType) && <Slippage fields={fields} />}
      <Select
        label={t('selfTradePrevention')}
        value={draft.selfTradePrevention}
        options={[
          { value: '', text: t('usual') },
          { value: 'RejectTaker', text: t(STP_TEXTS.RejectTaker) },
          { value: 'RejectMaker', text: t(STP_TEXTS.RejectMaker) },
          { value: 'RejectBoth', text: t(STP_TEXTS.RejectBoth) },
        ]}
        onChange={(selfTradePrevention) => change({ selfTradePrevention })}
      />
      {!isLadder && (
        <Field
          label={t('clientId')}
          inputMode="numeric"
          placeholder={t('clientIdOfOurs')}
          {...fields.text('clientId')}
        />
      )}
      {!hasPositions(market) && <Margin fields={fields} />}
    </div>
  );
}
