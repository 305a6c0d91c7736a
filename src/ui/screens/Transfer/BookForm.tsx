import { useState } from 'preact/hooks';
import { addressProblem } from '../../../policy/address-problem.ts';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Check.tsx';
import { Field } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Select } from '../../components/Select.tsx';
import { useAction } from '../../components/use-action.ts';
import { fieldError, formError } from '../../error-text.ts';
import type { AddressBook } from '../../state/address-book.ts';
import { t } from '../../text.ts';
import { problemText } from '../common/problem-text.ts';

/** An entry of the address book; without `id` a new one. */
export interface EditedEntry {
  id?: string;
  label: string;
  address: string;
  blockchain: string;
  needsCode: boolean;
}

const FIELDS = ['label', 'address', 'blockchain'];

export function BookForm({
  book,
  entry,
  chains,
  onDone,
}: {
  book: AddressBook;
  entry: EditedEntry;
  /** Every network that an address can be for. */
  chains: readonly string[];
  onDone: () => void;
}) {
  const [label, setLabel] = useState(entry.label);
  const [address, setAddress] = useState(entry.address);
  const [blockchain, setBlockchain] = useState(entry.blockchain);
  const [needsCode, setNeedsCode] = useState(entry.needsCode);
  const saving = useAction(async () => {
    const { id } = entry;
    const next = { label: label.trim(), address, blockchain, needsCode };
    await book.save(id === undefined ? next : { ...next, id });
  });
  const submit = async (): Promise<void> => {
    if (await saving.run()) onDone();
  };
  const unfit =
    address === '' || blockchain === '' ? undefined : addressProblem(blockchain, address);
  const aboutAddress = unfit ? problemText(unfit) : fieldError(saving.error, 'address');
  const failure = formError(saving.error, FIELDS);
  return (
    <Form onSubmit={() => void submit()} error={saving.error}>
      {failure && <Notice kind="error">{failure}</Notice>}
      <Field
        label={t('entryName')}
        value={label}
        onInput={setLabel}
        maxLength={60}
        error={fieldError(saving.error, 'label')}
      />
      <Select
        label={t('network')}
        value={blockchain}
        options={[
          { value: '', text: t('chooseNetwork') },
          ...chains.map((chain) => ({ value: chain, text: chain })),
        ]}
        onChange={setBlockchain}
        error={fieldError(saving.error, 'blockchain')}
      />
      <Field
        label={t('address')}
        value={address}
        onInput={setAddress}
        maxLength={300}
        error={aboutAddress}
      />
      <Check
        label={t('needsCode')}
        hint={t('needsCodeHint')}
        checked={needsCode}
        onChange={setNeedsCode}
      />
      <div class="dialog-actions">
        <Button onPress={onDone}>{t('back')}</Button>
        <Button kind="primary" type="submit" busy={saving.busy}>
          {t('save')}
        </Button>
      </div>
    </Form>
  );
}
