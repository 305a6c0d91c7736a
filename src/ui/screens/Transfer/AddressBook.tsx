import { useEffect, useState } from 'preact/hooks';
import type { BookEntry } from '../../../messaging/transfers.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { errorText } from '../../error-text.ts';
import { shortAddress } from '../../format.ts';
import type { AddressBook as Book } from '../../state/address-book.ts';
import { known } from '../../state/remote.ts';
import type { WithdrawalForm } from '../../state/withdrawal.ts';
import { plural, t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { BookForm, type EditedEntry } from './BookForm.tsx';

interface AddressBookProps {
  book: Book;
  /** What the form for a withdrawal holds: a new entry begins with it. */
  draft: WithdrawalForm;
  /** Where the chosen asset moves; entries of other networks cannot be used for it. */
  networks: readonly string[];
  /** Every network that an address can be for. */
  chains: readonly string[];
  onBack: () => void;
  onUse: (entry: BookEntry) => void;
}

interface RowProps {
  entry: BookEntry;
  fits: boolean;
  onUse: () => void;
  onEdit: () => void;
  onRemove: () => Promise<void>;
}

function Row({ entry, fits, onUse, onEdit, onRemove }: RowProps) {
  const [asked, setAsked] = useState(false);
  const removal = useAction(onRemove);
  const { label, address, blockchain } = entry;
  return (
    <li class="book-entry">
      <div class="cell-lines">
        <strong>{label}</strong>
        <span class="secondary" title={address}>
          {blockchain} · {shortAddress(address)}
        </span>
      </div>
      {removal.error && <Notice kind="error">{errorText(removal.error)}</Notice>}
      <div class="book-actions">
        {asked ? (
          <>
            <Button small onPress={() => setAsked(false)}>
              {t('keep')}
            </Button>
            <Button small kind="danger" busy={removal.busy} onPress={() => void removal.run()}>
              {t('removeNamed', label)}
            </Button>
          </>
        ) : (
          <>
            {fits && (
              <Button small onPress={onUse}>
                {t('useNamed', label)}
              </Button>
            )}
            <Button small onPress={onEdit}>
              {t('edit')}
            </Button>
            <Button small onPress={() => setAsked(true)}>
              {t('remove')}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}

const newEntry = ({ address, blockchain, needsCode }: WithdrawalForm): EditedEntry => ({
  label: '',
  address,
  blockchain,
  needsCode,
});

/** The addresses that the person keeps: to use one, and to add, change and remove them. */
export function AddressBook(props: AddressBookProps) {
  const { book, draft, networks, onBack, onUse } = props;
  const [edited, setEdited] = useState<EditedEntry>();
  useEffect(() => {
    void book.refresh();
  }, [book]);
  const remote = book.remote.value;
  const damaged = known(remote)?.value.damaged ?? 0;
  const entries = book.entries.value;
  const fits = ({ blockchain }: BookEntry): boolean => networks.includes(blockchain);
  const shown = [...entries.filter(fits), ...entries.filter((entry) => !fits(entry))];
  if (edited) {
    return (
      <Dialog
        title={t(edited.id === undefined ? 'saveAddress' : 'editAddress')}
        onBack={() => setEdited(undefined)}
      >
        <BookForm
          book={book}
          entry={edited}
          chains={props.chains}
          onDone={() => setEdited(undefined)}
        />
      </Dialog>
    );
  }
  return (
    <Dialog title={t('addressBook')} onBack={onBack}>
      <LoadFailure remote={remote} onRetry={() => void book.refresh()} />
      {damaged > 0 && <Notice kind="error">{plural('bookDamaged', damaged)}</Notice>}
      {shown.length === 0 && remote.status === 'ready' && (
        <div class="table-empty">
          <p class="empty-title">{t('noAddresses')}</p>
          <p>{t('noAddressesHint')}</p>
        </div>
      )}
      <ul class="book">
        {shown.map((entry) => (
          <Row
            key={entry.id}
            entry={entry}
            fits={fits(entry)}
            onUse={() => onUse(entry)}
            onEdit={() => setEdited(entry)}
            onRemove={() => book.remove(entry.id)}
          />
        ))}
      </ul>
      <div class="dialog-actions">
        <Button onPress={onBack}>{t('close')}</Button>
        <Button kind="primary" onPress={() => setEdited(newEntry(draft))}>
          {t('saveAddress')}
        </Button>
      </div>
    </Dialog>
  );
}
