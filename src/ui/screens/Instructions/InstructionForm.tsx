import { useEffect, useRef } from 'preact/hooks';
import { entryOf, isRead } from '../../../exchange/instructions/index.ts';
import type { RequestField } from '../../../exchange/request-fields.ts';
import { Button } from '../../components/Button.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { errorText } from '../../error-text.ts';
import { fieldLabel } from '../../field-text.ts';
import { requestSentence } from '../../request-text.ts';
import type { App } from '../../state/app.ts';
import type { InstructionForm as FormState } from '../../state/instruction-form.ts';
import { t } from '../../text.ts';
import { problemOf, problemText } from '../common/problem-text.ts';
import { useTyping } from '../common/use-typing.ts';
import { RequestReport } from '../review/RequestReport.tsx';
import { ReviewRequest } from '../review/ReviewRequest.tsx';
import { Answer } from './Answer.tsx';
import { ownScreen } from './own-screens.ts';
import { ParamField } from './ParamField.tsx';

const TAB_TEXTS = {
  balances: 'tabBalances',
  orders: 'tabOrders',
  trade: 'tabTrade',
  transfer: 'tabTransfer',
  activity: 'tabActivity',
  settings: 'account',
} as const;

/** Where there is a handier way, and how to get there. */
function HandierWay({ app, form }: { app: App; form: FormState }) {
  const tab = ownScreen(form.name);
  if (!tab) return null;
  const { go, goSettings } = app.navigation;
  const onPress = (): void => (tab === 'settings' ? goSettings('account') : go(tab));
  return (
    <Notice kind="info" action={{ label: t('goToScreen', t(TAB_TEXTS[tab])), onPress }}>
      {t('handierScreen', t(TAB_TEXTS[tab]))}
    </Notice>
  );
}

/** The fields of one instruction as its schema has them, the way to send it, and what came back. */
export function InstructionForm({ app, form }: { app: App; form: FormState }) {
  const { name, fields, placement } = form;
  const { method, path } = entryOf(name);
  // Not told of when a field is left: an error that comes up moves the button away from under the press that it is left for.
  const { typing, onType, onLeave } = useTyping();
  const reads = isRead(name);
  const error = placement.error.value;
  const names = new Set(fields.map((field) => field.name));
  const refused = problemOf(error, names);
  const draft = form.draft.value;
  const errorAt = (field: string): string | undefined => {
    const found = [...form.problems.value, refused].find((each) => each?.path === field);
    return found && typing !== field ? problemText(found) : undefined;
  };
  const isFlag = ({ kind }: RequestField): boolean => kind.kind === 'flag';
  const groups = [fields.filter((field) => !isFlag(field)), fields.filter(isFlag)];
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const submit = (): void => {
    onLeave();
    placement.clearError();
    placement.dismiss();
    form.submit();
  };
  const busy = reads ? form.answer.value.status === 'loading' : placement.busy.value !== undefined;
  return (
    <section class="stack instruction-form" aria-label={fieldLabel(name)}>
      <div>
        <h2 ref={heading} tabIndex={-1}>
          {fieldLabel(name)}
        </h2>
        <p class="secondary">
          <code>{name}</code> · <code>{`${method} ${path}`}</code>
        </p>
      </div>
      <HandierWay app={app} form={form} />
      <Form label={fieldLabel(name)} onSubmit={submit} error={form.failed.value}>
        {fields.length === 0 && <p class="secondary">{t('noFields')}</p>}
        {groups.map(
          (group, index) =>
            group.length > 0 && (
              <div key={index === 0 ? 'values' : 'flags'} class="instruction-fields">
                {group.map((field) => (
                  <ParamField
                    key={field.name}
                    field={field}
                    value={draft[field.name] ?? ''}
                    error={errorAt(field.name)}
                    onChange={(text) => {
                      onType(field.name);
                      placement.clearError();
                      form.change(field.name, text);
                    }}
                  />
                ))}
              </div>
            ),
        )}
        {error && !refused && !placement.review.value && (
          <Notice kind="error">{errorText(error)}</Notice>
        )}
        <div class="actions">
          {fields.length > 0 && <Button onPress={form.clear}>{t('clearForm')}</Button>}
          <Button kind="primary" type="submit" busy={busy}>
            {t(reads ? 'readNow' : 'reviewRequest')}
          </Button>
        </div>
      </Form>
      {reads ? (
        <Answer form={form} />
      ) : (
        <>
          <RequestReport placement={placement} what={requestSentence} />
          <ReviewRequest trading={app.trading} placement={placement} title={t('reviewRequest')} />
        </>
      )}
    </section>
  );
}
