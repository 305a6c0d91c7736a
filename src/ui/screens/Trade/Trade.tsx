import { useRef } from 'preact/hooks';
import type { Problem } from '../../../exchange/bounds.ts';
import { hasPositions, type OrderDraft } from '../../../exchange/rules.ts';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Check.tsx';
import { Choice } from '../../components/Choice.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Select } from '../../components/Select.tsx';
import { errorText } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import { ticket } from '../../state/ticket.ts';
import { t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { problemOf, problemText } from '../common/problem-text.ts';
import { RequestNotices } from '../common/RequestNotices.tsx';
import { useTyping } from '../common/use-typing.ts';
import { Figures } from './Figures.tsx';
import { MarketPicker } from './MarketPicker.tsx';
import { PlacementReport } from './PlacementReport.tsx';
import { PriceField } from './PriceField.tsx';
import { QuantityField } from './QuantityField.tsx';
import { ReviewOrder } from './ReviewOrder.tsx';

/** Fields of the form; what is said of any other is said above the button. */
const FIELDS: ReadonlySet<string> = new Set([
  'symbol',
  'orderType',
  'price',
  'quantity',
  'quoteQuantity',
  'postOnly',
  'reduceOnly',
]);

/** The form for an order, its review, and what became of it. */
export function Trade({ app }: { app: App }) {
  const { market: data, requests } = app.trading;
  const { trade, placement } = ticket(app.trading);
  const form = useRef<HTMLFormElement>(null);
  const { typing, onType, onLeave } = useTyping();
  const draft = trade.draft.value;
  const market = trade.market.value;
  const limit = draft.orderType === 'Limit';

  const change = (part: Partial<OrderDraft>): void => {
    placement.clearError();
    trade.change(part);
  };
  const type = (path: 'price' | 'quantity', text: string): void => {
    onType(path);
    change({ [path]: text });
  };

  const found = problemOf(placement.error.value, FIELDS);
  const answered = found?.path === 'quoteQuantity' ? { ...found, path: 'quantity' } : found;
  const problems = [...trade.problems.value, ...(answered ? [answered] : [])];
  const problem = (path: string): Problem | undefined =>
    typing === path ? undefined : problems.find((each) => each.path === path);
  const error = (path: string): string | undefined => {
    const found = problem(path);
    return found && problemText(found);
  };
  const fix = (path: 'price' | 'quantity') => {
    const value = problem(path)?.suggestions?.[0];
    if (value === undefined) return undefined;
    return { label: t('useValue', value), onPress: () => change({ [path]: value }) };
  };

  const review = async (): Promise<void> => {
    onLeave();
    if (trade.attempt()) {
      const checked = trade.checked.value;
      if (checked?.ok) await placement.prepare(checked.params);
    }
    // After the errors are on the screen, so that the field is read out with its own.
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };

  const failure = placement.error.value;
  const reported = placement.placement.value;
  const reportedId = reported?.kind === 'known' ? reported.view.id : undefined;
  return (
    <div class="trade">
      <PlacementReport placement={placement} />
      <RequestNotices requests={requests} isElsewhere={({ id }) => id === reportedId} />
      <LoadFailure remote={data.markets.value} onRetry={() => void data.ensureMarkets()} />
      <form
        ref={form}
        aria-label={t('placeOrder')}
        noValidate
        onFocusOut={onLeave}
        onSubmit={(event) => {
          event.preventDefault();
          void review();
        }}
      >
        <div class="form-pair">
          <MarketPicker
            data={data}
            symbol={draft.symbol}
            error={error('symbol')}
            onChange={(symbol) => change({ symbol })}
          />
          <Select
            label={t('orderType')}
            value={draft.orderType}
            options={[
              { value: 'Limit', text: t('limit') },
              { value: 'Market', text: t('marketOrder') },
            ]}
            onChange={(orderType) => change({ orderType })}
            error={error('orderType')}
          />
        </div>
        <Choice
          label={t('side')}
          hideLabel
          tone="side"
          value={draft.side}
          options={[
            { value: 'Bid', text: t('buy') },
            { value: 'Ask', text: t('sell') },
          ]}
          onChange={(side) => change({ side })}
        />
        {limit && (
          <PriceField
            trade={trade}
            data={data}
            market={market}
            error={error('price')}
            fix={fix('price')}
            onInput={(text) => type('price', text)}
          />
        )}
        <QuantityField
          trade={trade}
          market={market}
          error={error('quantity')}
          fix={fix('quantity')}
          onInput={(text) => type('quantity', text)}
          onUnit={(sizeIn) => change({ sizeIn })}
        />
        <Figures trade={trade} />
        {(limit || (market && hasPositions(market))) && (
          <div class="form-options">
            {limit && (
              <Select
                label={t('timeInForce')}
                value={draft.timeInForce}
                options={[
                  { value: 'GTC', text: t('goodTillCancelled') },
                  { value: 'IOC', text: t('immediateOrCancel') },
                  { value: 'FOK', text: t('fillOrKill') },
                ]}
                onChange={(timeInForce) => change({ timeInForce })}
              />
            )}
            <div class="form-checks">
              {limit && (
                <Check
                  label={t('postOnly')}
                  checked={draft.postOnly}
                  onChange={(postOnly) => change({ postOnly })}
                />
              )}
              {market && hasPositions(market) && (
                <Check
                  label={t('reduceOnly')}
                  checked={draft.reduceOnly}
                  onChange={(reduceOnly) => change({ reduceOnly })}
                />
              )}
            </div>
          </div>
        )}
        {[error('postOnly'), error('reduceOnly')].map(
          (text) =>
            text && (
              <p key={text} class="field-error" role="alert">
                {text}
              </p>
            ),
        )}
        <div class="trade-foot">
          {failure && !answered && <Notice kind="error">{errorText(failure)}</Notice>}
          <Button
            kind="primary"
            type="submit"
            busy={placement.busy.value === 'preparing'}
            disabled={!market}
          >
            {t('reviewOrder')}
          </Button>
        </div>
      </form>
      {placement.review.value && (
        <ReviewOrder trading={app.trading} prepared={placement.review.value} />
      )}
    </div>
  );
}
