import { useEffect, useState } from 'preact/hooks';
import { isZero } from '../../../core/decimal.ts';
import { isAtMarket, isStop } from '../../../exchange/order-draft.ts';
import { inItsField } from '../../../exchange/order-form.ts';
import { executedOf } from '../../../exchange/replacement.ts';
import type { Order } from '../../../exchange/types.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Field } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { errorText } from '../../error-text.ts';
import { grouped } from '../../format.ts';
import { orderSentence } from '../../order-text.ts';
import { requestSentence } from '../../request-text.ts';
import { type OrderEdit, orderEdit } from '../../state/order-edit.ts';
import type { Trading } from '../../state/trading.ts';
import { t } from '../../text.ts';
import { problemOf, problemText } from '../common/problem-text.ts';
import { useTyping } from '../common/use-typing.ts';
import { editWords } from './edit-text.ts';
import { ReviewEdit } from './ReviewEdit.tsx';

type Name = 'price' | 'quantity' | 'triggerPrice';
const PATHS: ReadonlySet<string> = new Set([
  'price',
  'quantity',
  'triggerPrice',
  'triggerQuantity',
]);

/** The fields of an edit: the price, or the trigger and the price, and how much. */
function EditFields({ edit }: { edit: OrderEdit }) {
  const { typing, onType, onLeave } = useTyping();
  const [draft, market] = [edit.draft.value, edit.market.value];
  if (!draft || !market) return null;
  const answered = problemOf(edit.error.value, PATHS);
  const problems = [...edit.problems.value, ...(answered ? [inItsField(answered)] : [])];
  const field = (name: Name) => {
    const found = typing === name ? undefined : problems.find(({ path }) => path === name);
    const mended = found?.suggestions?.[0];
    return {
      value: draft[name],
      error: found && problemText(found),
      inputMode: 'decimal' as const,
      onInput(text: string) {
        onType(name);
        edit.change({ [name]: text });
      },
      fix:
        mended === undefined
          ? undefined
          : { label: t('useValue', mended), onPress: () => edit.change({ [name]: mended }) },
    };
  };
  const unit = draft.sizeIn === 'share' ? t('percentOfPosition') : market.baseSymbol;
  return (
    <div class="edit-fields" onFocusOut={() => onLeave()}>
      {isStop(draft.orderType) && (
        <Field label={t('triggerPrice')} unit={market.quoteSymbol} {...field('triggerPrice')} />
      )}
      {!isAtMarket(draft.orderType) && (
        <Field label={t('price')} unit={market.quoteSymbol} {...field('price')} />
      )}
      <Field label={t('quantity')} unit={unit} {...field('quantity')} />
      {problems
        .filter(({ path }) => !PATHS.has(path))
        .map((problem) => (
          <p key={problem.path} class="field-error" role="alert">
            {problemText(problem)}
          </p>
        ))}
    </div>
  );
}

/** What an edit should know of the order as it is now. */
function Now({ edit }: { edit: OrderEdit }) {
  const listed = edit.listed.value;
  if (!listed) return <Notice kind="warn">{t('editGone')}</Notice>;
  if (!edit.isBehind.value) return null;
  const filled = grouped(executedOf(listed));
  return (
    <Notice kind="warn" action={{ label: t('editCatchUp'), onPress: edit.catchUp }}>
      {t('editBehind', filled)}
    </Notice>
  );
}

/** A kind of order that came after this version of Buckle. */
function NoForm({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('editOrder')} onBack={onClose}>
      <Notice kind="info">{t('editNoForm')}</Notice>
      <div class="dialog-actions">
        <Button onPress={onClose}>{t('close')}</Button>
      </div>
    </Dialog>
  );
}

function EditForm({ edit, onClose }: { edit: OrderEdit; onClose: () => void }) {
  const order = edit.order.value;
  const error = edit.error.value;
  if (!order) return null;
  const filled = executedOf(order);
  return (
    <Form error={error} onSubmit={() => void edit.prepare()}>
      <p>{orderSentence(order)}</p>
      {!isZero(filled) && <p class="secondary">{t('editFilledBefore', grouped(filled))}</p>}
      <Now edit={edit} />
      <EditFields edit={edit} />
      {edit.market.value?.marketType === 'SPOT' && <p class="secondary">{t('editLeavesOut')}</p>}
      {order.relatedOrderId != null && <p class="secondary">{t('editUnties')}</p>}
      {error && !problemOf(error, PATHS) && <Notice kind="error">{errorText(error)}</Notice>}
      <div class="dialog-actions">
        <Button onPress={onClose}>{t('back')}</Button>
        <Button
          kind="primary"
          type="submit"
          busy={edit.busy.value === 'preparing'}
          disabled={edit.problems.value.length > 0 || !edit.listed.value || edit.isBehind.value}
        >
          {t('reviewEdit')}
        </Button>
      </div>
    </Form>
  );
}

interface EditOrderProps {
  trading: Trading;
  /** As it was listed when its row's button was pressed. */
  order: Order;
  onClose: () => void;
}

/** Changes an open order: its cancel and a new one, reviewed and confirmed together, each end told apart. */
export function EditOrder({ trading, order, onClose }: EditOrderProps) {
  const edit = orderEdit(trading);
  const [hasForm, setHasForm] = useState<boolean>();
  useEffect(() => {
    setHasForm(edit.open(order));
    return edit.close;
  }, [edit, order]);
  const [review, report] = [edit.review.value, edit.report.value];
  const close = (): void => {
    if (edit.busy.value === 'sending') return;
    edit.discard();
    onClose();
  };
  if (hasForm === false) return <NoForm onClose={onClose} />;
  if (!edit.order.value) return null;
  if (review) return <ReviewEdit key="review" trading={trading} review={review} />;
  return (
    <Dialog key="edit" title={t('editOrder')} onBack={close}>
      {report ? (
        <>
          <Notice kind={editWords(report).kind}>
            <p role="status">{editWords(report).text}</p>
            {report.kind === 'known' && <p class="secondary">{requestSentence(report.order)}</p>}
          </Notice>
          <div class="dialog-actions">
            <Button onPress={close}>{t('close')}</Button>
          </div>
        </>
      ) : (
        <EditForm edit={edit} onClose={close} />
      )}
    </Dialog>
  );
}
