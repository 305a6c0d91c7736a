import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Choice } from '../../components/Choice.tsx';
import { Form } from '../../components/Form.tsx';
import { type AccountDesk, LOOKUPS, type Lookup } from '../../state/account-desk.ts';
import { known } from '../../state/remote.ts';
import { type MessageKey, t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { problemText } from '../common/problem-text.ts';
import { ParamField } from '../Instructions/ParamField.tsx';

const NAMES: Record<Lookup, MessageKey> = {
  maxOrderQuantity: 'lookupOrder',
  maxBorrowQuantity: 'lookupBorrow',
  maxWithdrawalQuantity: 'lookupWithdrawal',
};
/** The rest of what can be asked along is for the form of all instructions. */
const ASKED: ReadonlySet<string> = new Set(['symbol', 'side', 'price']);

/** `12.5 SOL`: the amount stands under the instruction's own name. */
function Most({ name, answer }: { name: Lookup; answer: unknown }) {
  const most: unknown = Reflect.get(Object(answer), name);
  const symbol: unknown = Reflect.get(Object(answer), 'symbol');
  return <p role="status">{t('lookupMost', String(most), String(symbol))}</p>;
}

/** How much can be traded, borrowed or withdrawn right now, asked when a person wants to know. */
export function Lookups({ desk }: { desk: AccountDesk }) {
  const [name, setName] = useState<Lookup>('maxOrderQuantity');
  const form = desk.lookups[name];
  const remote = form.answer.value;
  const found = remote.status === 'failed' ? undefined : known(remote)?.value;
  return (
    <section>
      <h2>{t('lookups')}</h2>
      <Form label={t('lookups')} error={form.failed.value} onSubmit={() => void form.submit()}>
        <Choice
          label={t('lookups')}
          hideLabel
          value={name}
          options={LOOKUPS.map((value) => ({ value, text: t(NAMES[value]) }))}
          onChange={setName}
        />
        {form.fields
          .filter((field) => ASKED.has(field.name))
          .map((field) => {
            const problem = form.problems.value.find(({ path }) => path === field.name);
            return (
              <ParamField
                key={`${name} ${field.name}`}
                field={field}
                value={form.draft.value[field.name] ?? ''}
                error={problem && problemText(problem)}
                onChange={(text) => form.change(field.name, text)}
              />
            );
          })}
        <div class="actions">
          <Button type="submit" busy={remote.status === 'loading'}>
            {t('lookUp')}
          </Button>
        </div>
      </Form>
      <LoadFailure remote={remote} onRetry={() => void form.submit()} />
      {found && <Most name={name} answer={found.answer} />}
    </section>
  );
}
