import type { Problem } from '../../../exchange/bounds.ts';
import { Amount } from '../../components/Amount.tsx';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { grouped } from '../../format.ts';
import { known } from '../../state/remote.ts';
import type { WithdrawalState } from '../../state/withdrawal.ts';
import { t } from '../../text.ts';
import { problemText } from '../common/problem-text.ts';
import { arrivals } from './WithdrawalFacts.tsx';

interface AmountFieldProps {
  withdrawal: WithdrawalState;
  problem: Problem | undefined;
  onInput: (text: string) => void;
  onFix: (quantity: string) => void;
}

/** Why it is too much: the network takes no more in one piece, or the account may not withdraw more. */
function errorOf(problem: Problem, { token }: WithdrawalState): string {
  const { reason, limit = '' } = problem;
  if (reason !== 'maximum') return problemText(problem);
  const byNetwork = limit === token.value?.maximumWithdrawal;
  return t(byNetwork ? 'overNetworkMaximum' : 'overWithdrawable', grouped(limit));
}

/** How much, with the most that can leave, the fee, and what arrives. */
export function AmountField({ withdrawal, problem, onInput, onFix }: AmountFieldProps) {
  const { draft, token, most, limit } = withdrawal;
  const { symbol, quantity } = draft.value;
  const [suggestion] = problem?.suggestions ?? [];
  const fee = token.value?.withdrawalFee;
  const checked = withdrawal.checked.value;
  const arriving = problem || quantity.trim() === '' ? undefined : arrivals(quantity.trim(), fee);
  const canWithdraw = most.value;
  const unknown = limit.value.status === 'failed' && !known(limit.value);
  return (
    <div class="quantity">
      <Field
        label={t('quantity')}
        value={quantity}
        onInput={onInput}
        inputMode="decimal"
        error={problem && errorOf(problem, withdrawal)}
        fix={
          suggestion === undefined
            ? undefined
            : { label: t('useValue', grouped(suggestion)), onPress: () => onFix(suggestion) }
        }
        {...(symbol === '' ? {} : { unit: symbol })}
      >
        <Button
          small
          disabled={canWithdraw === undefined}
          title={t('maximumHint')}
          onPress={withdrawal.useMost}
        >
          {t('maximum')}
        </Button>
      </Field>
      <dl class="figures">
        <div>
          <dt>{t('canWithdraw')}</dt>
          <dd>
            {canWithdraw === undefined ? (
              t(unknown ? 'notKnown' : 'absent')
            ) : (
              <Amount value={canWithdraw} unit={symbol} />
            )}
          </dd>
        </div>
        <div>
          <dt>{t('networkFee')}</dt>
          <dd>{fee === undefined ? t('absent') : <Amount value={fee} unit={symbol} />}</dd>
        </div>
        <div>
          <dt>{t('arrives')}</dt>
          <dd>
            {arriving && checked
              ? t('arrivesShort', grouped(arriving.least), grouped(arriving.most))
              : t('absent')}
          </dd>
        </div>
      </dl>
      {arriving && <p class="field-hint">{t('feeUndocumented')}</p>}
    </div>
  );
}
