import { useState } from 'preact/hooks';
import type { AccountSummary } from '../../../exchange/types.ts';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Check.tsx';
import { Field } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { errorText } from '../../error-text.ts';
import { requestSentence } from '../../request-text.ts';
import { accountDesk } from '../../state/account-desk.ts';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';
import { problemOf, problemText } from '../common/problem-text.ts';
import { useTyping } from '../common/use-typing.ts';
import { RequestReport } from '../review/RequestReport.tsx';
import { ReviewRequest } from '../review/ReviewRequest.tsx';

const LEVERAGE = 'leverageLimit';
const FLAGS = [
  ['autoLend', 'settingAutoLend', 'settingAutoLendHint'],
  ['autoBorrowSettlements', 'settingAutoBorrow', 'settingAutoBorrowHint'],
  ['autoRepayBorrows', 'settingAutoRepay', 'settingAutoRepayHint'],
] as const;
const FIELDS = new Set([LEVERAGE, ...FLAGS.map(([name]) => name)]);

/** Settings of the account on the exchange. Only what differs is sent, and it takes the password. */
export function AccountSettings({ app, summary }: { app: App; summary: AccountSummary }) {
  const { update } = accountDesk(app.trading);
  const { placement } = update;
  const { typing, onType, onLeave } = useTyping();
  const draft = update.draft.value;
  /** While it is being typed, the leverage is as typed: an empty field must not fill up under the finger. */
  const [leverage, setLeverage] = useState<string>();
  const change = (name: string, text: string): void => {
    placement.clearError();
    // What is as it is already, is no change.
    update.change(name, text === String(Reflect.get(summary, name) ?? '') ? '' : text);
  };
  const error = placement.error.value;
  const refused = problemOf(error, FIELDS);
  const problem = [...update.problems.value, refused].find((each) => each?.path === LEVERAGE);
  const isChanged = Object.values(draft).some((text) => text !== '');
  const realises = summary.autoRealizePnl;
  return (
    <section>
      <h2>{t('accountSettings')}</h2>
      <p class="secondary">{t('accountSettingsText')}</p>
      <Form
        label={t('accountSettings')}
        error={update.failed.value}
        onSubmit={() => {
          onLeave();
          placement.dismiss();
          if (isChanged) update.submit();
        }}
      >
        <div onFocusOut={() => setLeverage(undefined)}>
          <Field
            label={t('leverageLimit')}
            hint={t('leverageIs', summary.leverageLimit)}
            value={leverage ?? (draft[LEVERAGE] || summary.leverageLimit)}
            inputMode="decimal"
            error={problem && typing !== LEVERAGE ? problemText(problem) : undefined}
            onInput={(text) => {
              onType(LEVERAGE);
              setLeverage(text);
              change(LEVERAGE, text);
            }}
          />
        </div>
        {FLAGS.map(([name, label, hint]) => (
          <Check
            key={name}
            label={t(label)}
            hint={t(hint)}
            checked={(draft[name] || String(summary[name])) === 'true'}
            onChange={(checked) => change(name, String(checked))}
          />
        ))}
        {realises != null && (
          <p class="secondary">{t(realises ? 'realisesPnl' : 'realisesNoPnl')}</p>
        )}
        {error && !refused && !placement.review.value && (
          <Notice kind="error">{errorText(error)}</Notice>
        )}
        <div class="actions">
          <Button
            kind="primary"
            type="submit"
            disabled={!isChanged}
            busy={placement.busy.value !== undefined}
          >
            {t(isChanged ? 'reviewChange' : 'noChangeYet')}
          </Button>
        </div>
      </Form>
      <RequestReport placement={placement} what={requestSentence} />
      <ReviewRequest trading={app.trading} placement={placement} title={t('reviewChange')} />
    </section>
  );
}
