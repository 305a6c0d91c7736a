import { useState } from 'preact/hooks';
import type { Problem } from '../../../exchange/bounds.ts';
import type { Asset } from '../../../exchange/types.ts';
import { checkAddress, sameAddress } from '../../../policy/addresses.ts';
import { withoutHidden } from '../../../policy/withdrawal-check.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import type { AddressBook as Book } from '../../state/address-book.ts';
import type { WithdrawalForm } from '../../state/withdrawal.ts';
import { t } from '../../text.ts';
import { problemText } from '../common/problem-text.ts';
import { AddressBook } from './AddressBook.tsx';

interface AddressFieldProps {
  draft: WithdrawalForm;
  asset: Asset | undefined;
  /** Every network that an address can be for. */
  chains: readonly string[];
  book: Book;
  problem: Problem | undefined;
  onInput: (address: string) => void;
  onChange: (part: Partial<WithdrawalForm>) => void;
}

/** The one press that mends it, where there is one. */
function fixOf({ draft, asset, problem, onChange }: AddressFieldProps) {
  const { address, blockchain } = draft;
  if (problem?.reason === 'address-spaces') {
    return {
      label: t('removeSpaces'),
      onPress: () => onChange({ address: withoutHidden(address) }),
    };
  }
  if (problem?.reason !== 'address-wrong-chain') return undefined;
  const check = checkAddress(blockchain, address);
  const looksLike = check.ok ? [] : (check.looksLike ?? []);
  const open = asset?.tokens.filter(({ withdrawEnabled }) => withdrawEnabled) ?? [];
  const fitting = open.filter((token) => looksLike.includes(token.blockchain));
  const [only] = fitting;
  // With several the person chooses: the networks of one kind of address differ in everything else.
  if (!only || fitting.length > 1) return undefined;
  return {
    label: t('useNetwork', only.blockchain),
    onPress: () => onChange({ blockchain: only.blockchain }),
  };
}

/** What is known of an address that has nothing wrong with it. */
function hintOf({ draft, book, problem }: AddressFieldProps): string | undefined {
  const { address, blockchain } = draft;
  if (address === '' || blockchain === '' || problem) return undefined;
  const kept = book.entries.value.find(
    (entry) => entry.blockchain === blockchain && sameAddress(entry.address, address),
  );
  if (kept) return t('addressIsKept', kept.label);
  const check = checkAddress(blockchain, address);
  if (!check.ok) return undefined;
  return t(check.kind === 'checksummed' ? 'addressFits' : 'addressFitsUnchecked', blockchain);
}

/** Where it goes: typed, pasted or taken from the address book; held against the chain's rules at once. */
export function AddressField(props: AddressFieldProps) {
  const { draft, book, problem, onInput, onChange } = props;
  const [open, setOpen] = useState(false);
  const hint = hintOf(props);
  return (
    <div class="address-field">
      <Field
        label={t('address')}
        value={draft.address}
        onInput={onInput}
        maxLength={300}
        hint={hint}
        error={problem && problemText(problem)}
        fix={fixOf(props)}
      >
        <Button icon="book" iconOnly title={t('addressBook')} onPress={() => setOpen(true)}>
          {t('addressBook')}
        </Button>
      </Field>
      {open && (
        <AddressBook
          book={book}
          draft={draft}
          chains={props.chains}
          networks={props.asset?.tokens.map(({ blockchain }) => blockchain) ?? []}
          onBack={() => setOpen(false)}
          onUse={({ address, blockchain, needsCode }) => {
            onChange({ address, blockchain, needsCode });
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}
