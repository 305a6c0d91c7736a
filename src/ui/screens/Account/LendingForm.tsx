import { isNegative, isZero } from '../../../core/decimal.ts';
import type { Remark } from '../../approval/remarks.ts';
import { Button } from '../../components/Button.tsx';
import { Choice } from '../../components/Choice.tsx';
import { Field } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Select } from '../../components/Select.tsx';
import { errorText } from '../../error-text.ts';
import { grouped } from '../../format.ts';
import { requestSentence } from '../../request-text.ts';
import type { AccountDesk } from '../../state/account-desk.ts';
import type { App } from '../../state/app.ts';
import { LENDING_ACTIONS, type Lending, type LendingAction } from '../../state/lending.ts';
import { known } from '../../state/remote.ts';
import { type MessageKey, t } from '../../text.ts';
import { problemOf, problemText } from '../common/problem-text.ts';
import { useTyping } from '../common/use-typing.ts';
import { RequestReport } from '../review/RequestReport.tsx';
import { ReviewRequest } from '../review/ReviewRequest.tsx';

const ACTIONS: Record<LendingAction, MessageKey> = {
  lend: 'lend',
  redeem: 'redeem',
  borrow: 'borrow',
  repay: 'repay',
};
const EXPLAINED: Record<LendingAction, MessageKey> = {
  lend: 'lendText',
  redeem: 'redeemText',
  borrow: 'borrowText',
  repay: 'repayText',
};
const FIELDS = new Set(['symbol', 'quantity']);

/** What the side that is signed does to what is there: its word alone may say something else. */
function remarksOf({ action, net, form }: Lending): readonly Remark[] {
  const held = net.value;
  const asset = form.draft.value.symbol ?? '';
  if (held === undefined || isZero(held)) return [];
  const owes = isNegative(held);
  const amount = `${grouped(held.replace('-', ''))} ${asset}`;
  const takesBack = owes === (action.value === 'lend' || action.value === 'repay');
  if (!takesBack) return [];
  const words = t(owes ? 'lendRepaysFirst' : 'borrowRedeemsFirst', amount);
  return [{ key: 'turns', severity: 'info', words }];
}

function assetsOf(app: App, desk: AccountDesk): readonly string[] {
  const held = Object.keys(known(app.trading.balances.remote.value)?.value ?? {});
  const moved = known(desk.positions.value)?.value.map(({ symbol }) => symbol) ?? [];
  return [...new Set([...held, ...moved, 'USDC'])].sort();
}

/** Lends, takes back, borrows and pays back. The exchange answers with nothing, so what became of it is looked up. */
export function LendingForm({ app, desk }: { app: App; desk: AccountDesk }) {
  const { lending } = desk;
  const { form, most } = lending;
  const { placement } = form;
  const { typing, onType, onLeave } = useTyping();
  const draft = form.draft.value;
  const error = placement.error.value;
  const refused = problemOf(error, FIELDS);
  const errorAt = (path: string): string | undefined => {
    const found = [...lending.problems.value, refused].find((each) => each?.path === path);
    return found && typing !== path ? problemText(found) : undefined;
  };
  const quantity = (text: string): void => {
    placement.clearError();
    form.change('quantity', text);
  };
  const action = lending.action.value;
  return (
    <section>
      <h2>{t('lendOrBorrow')}</h2>
      <Form
        label={t('lendOrBorrow')}
        error={form.failed.value}
        onSubmit={() => {
          onLeave();
          placement.dismiss();
          lending.submit();
        }}
      >
        <Choice
          label={t('lendOrBorrow')}
          hideLabel
          value={action}
          options={LENDING_ACTIONS.map((value) => ({ value, text: t(ACTIONS[value]) }))}
          onChange={lending.act}
        />
        <p class="field-hint">{t(EXPLAINED[action])}</p>
        <Select
          label={t('asset')}
          value={draft.symbol ?? ''}
          options={[
            { value: '', text: t('chooseAsset') },
            ...assetsOf(app, desk).map((value) => ({ value, text: value })),
          ]}
          error={errorAt('symbol')}
          onChange={lending.choose}
        />
        <Field
          label={t('quantity')}
          value={draft.quantity ?? ''}
          inputMode="decimal"
          unit={draft.symbol ?? ''}
          hint={most.value === undefined ? undefined : t('atMost', grouped(most.value))}
          error={errorAt('quantity')}
          onInput={(text) => {
            onType('quantity');
            quantity(text);
          }}
        >
          {most.value !== undefined && !isZero(most.value) && (
            <Button onPress={() => quantity(most.value ?? '')}>{t('maximum')}</Button>
          )}
        </Field>
        {error && !refused && !placement.review.value && (
          <Notice kind="error">{errorText(error)}</Notice>
        )}
        <div class="actions">
          <Button kind="primary" type="submit" busy={placement.busy.value !== undefined}>
            {t('reviewRequest')}
          </Button>
        </div>
      </Form>
      <RequestReport placement={placement} what={requestSentence} />
      <ReviewRequest
        trading={app.trading}
        placement={placement}
        title={t('reviewRequest')}
        remarks={remarksOf(lending)}
      />
    </section>
  );
}
