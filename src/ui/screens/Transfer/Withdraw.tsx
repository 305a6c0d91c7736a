import { useEffect, useRef } from 'preact/hooks';
import type { Problem } from '../../../exchange/bounds.ts';
import { isSevere } from '../../../policy/transfer-warnings.ts';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Check.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Select } from '../../components/Select.tsx';
import { errorText } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import { REVIEW_HASH } from '../../state/navigation.ts';
import { transferring } from '../../state/transferring.ts';
import type { WithdrawalForm } from '../../state/withdrawal.ts';
import { t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { problemOf, problemText } from '../common/problem-text.ts';
import { RequestNotices } from '../common/RequestNotices.tsx';
import { useTyping } from '../common/use-typing.ts';
import { WithdrawalWarnings } from '../common/WithdrawalWarnings.tsx';
import { AddressField } from './AddressField.tsx';
import { AmountField } from './AmountField.tsx';
import { assetOptions, networkOptions } from './options.ts';
import { WithdrawalDialogs } from './WithdrawalDialogs.tsx';
import { WithdrawalReport } from './WithdrawalReport.tsx';

/** Fields of the form; what is said of any other is said above the button. */
const FIELDS: ReadonlySet<string> = new Set(['symbol', 'blockchain', 'address', 'quantity']);

/** The form for a withdrawal, its review, and what became of it. */
export function Withdraw({ app }: { app: App }) {
  const { balances, requests } = app.trading;
  const transfer = transferring(app.trading);
  const { withdrawal, placement, assets, book } = transfer;
  const form = useRef<HTMLFormElement>(null);
  const { typing, onType, onLeave } = useTyping();
  const draft = withdrawal.draft.value;
  const asset = withdrawal.asset.value;

  const change = (part: Partial<WithdrawalForm>): void => {
    placement.clearError();
    withdrawal.change(part);
  };
  const type = (path: 'address' | 'quantity', text: string): void => {
    onType(path);
    change({ [path]: text });
  };

  const answered = problemOf(placement.error.value, FIELDS);
  const problems = [...withdrawal.problems.value, ...(answered ? [answered] : [])];
  const problem = (path: string): Problem | undefined =>
    typing === path ? undefined : problems.find((each) => each.path === path);
  const error = (path: string): string | undefined => {
    const found = problem(path);
    return found && problemText(found);
  };

  const review = async (): Promise<void> => {
    onLeave();
    if (withdrawal.attempt() && !(await app.moveToWindow(REVIEW_HASH))) {
      const checked = withdrawal.checked.value;
      if (checked?.ok) await placement.prepare(checked.params);
    }
    // After the errors are on the screen, so that the field is read out with its own.
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };

  /** The page was opened for the review of what the form holds: as soon as that can be checked. */
  const limited =
    draft.symbol === '' || !['idle', 'loading'].includes(withdrawal.limit.value.status);
  const ready = withdrawal.restored.value && withdrawal.checked.value !== undefined && limited;
  const wanted = ready && app.navigation.reviewing.value;
  useEffect(() => {
    if (!wanted) return;
    app.navigation.reviewed();
    void review();
  }, [wanted]);

  const warnings = withdrawal.warnings.value;
  const failure = placement.error.value;
  const inDialog = placement.review.value || placement.prompt.value;
  const reported = placement.placement.value;
  const reportedId = reported?.kind === 'known' ? reported.view.id : undefined;
  return (
    <div class="withdraw">
      <WithdrawalReport transfer={transfer} />
      <RequestNotices
        requests={requests}
        isElsewhere={({ id, instruction }) => id === reportedId || instruction !== 'withdraw'}
      />
      <LoadFailure remote={assets.remote.value} onRetry={() => void assets.ensure()} />
      <form
        ref={form}
        aria-label={t('withdraw')}
        noValidate
        onFocusOut={onLeave}
        onSubmit={(event) => {
          event.preventDefault();
          void review();
        }}
      >
        <div class="form-pair form-pair-even">
          <Select
            label={t('asset')}
            value={draft.symbol}
            options={assetOptions(assets.movable.value, balances, draft.symbol)}
            onChange={(symbol) => change({ symbol })}
            error={error('symbol')}
          />
          <Select
            label={t('network')}
            value={draft.blockchain}
            options={networkOptions(asset, 'out', draft.blockchain)}
            onChange={(blockchain) => change({ blockchain })}
            error={error('blockchain')}
          />
        </div>
        <AddressField
          draft={draft}
          asset={asset}
          chains={assets.chains.value}
          book={book}
          problem={problem('address')}
          onInput={(text) => type('address', text)}
          onChange={change}
        />
        {isSevere(warnings) && (
          <WithdrawalWarnings warnings={warnings.filter(({ severity }) => severity === 'severe')} />
        )}
        <AmountField
          withdrawal={withdrawal}
          problem={problem('quantity')}
          onInput={(text) => type('quantity', text)}
          onFix={(quantity) => change({ quantity })}
        />
        <Check
          label={t('needsCode')}
          hint={t('needsCodeHint')}
          checked={draft.needsCode}
          onChange={(needsCode) => change({ needsCode })}
        />
        <div class="trade-foot">
          {failure && !answered && !inDialog && <Notice kind="error">{errorText(failure)}</Notice>}
          <Button
            kind="primary"
            type="submit"
            busy={placement.busy.value === 'preparing'}
            disabled={withdrawal.checked.value === undefined}
          >
            {t('reviewWithdrawal')}
          </Button>
        </div>
      </form>
      <WithdrawalDialogs transfer={transfer} requests={requests} />
    </div>
  );
}
