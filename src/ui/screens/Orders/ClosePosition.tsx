import { useEffect } from 'preact/hooks';
import { isNegative, multiply } from '../../../core/decimal.ts';
import type { Position } from '../../../exchange/types.ts';
import { Amount } from '../../components/Amount.tsx';
import { Button } from '../../components/Button.tsx';
import { Choice } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Notice } from '../../components/Notice.tsx';
import { errorText } from '../../error-text.ts';
import { placesFor } from '../../places.ts';
import type { App } from '../../state/app.ts';
import { type Closing, closing, SHARES } from '../../state/closing.ts';
import { t } from '../../text.ts';
import { MarketName } from '../common/MarketName.tsx';
import { ReviewRequest } from '../review/ReviewRequest.tsx';
import { PlacementReport } from '../Trade/PlacementReport.tsx';

interface ClosePositionProps {
  app: App;
  symbol: string;
  /** How much of it is being chosen; without it only what became of it is told. */
  open: boolean;
  onBack: () => void;
}

/** How much of the position goes: all of it unless a part is chosen. */
function Part({
  app,
  state,
  position,
  onBack,
}: {
  app: App;
  state: Closing;
  position: Position;
  onBack: () => void;
}) {
  const { placement } = state;
  const quantity = state.quantity.value;
  const mark = app.trading.market.reference(position.symbol)?.price ?? position.markPrice;
  const quote = app.trading.market.market(position.symbol)?.quoteSymbol;
  const error = placement.error.value;
  return (
    <Dialog title={t('closePosition')} onBack={onBack}>
      <div class="stack">
        <p>
          <MarketName symbol={position.symbol} />{' '}
          <span class="secondary">
            {t(isNegative(position.netQuantity) ? 'short' : 'long')}{' '}
            <Amount value={position.netQuantity} />
          </span>
        </p>
        <Choice
          label={t('closeShare')}
          value={state.share.value}
          options={SHARES.map((value) => ({ value, text: t('percent', value) }))}
          onChange={state.setShare}
        />
        <dl class="review-fields">
          <div>
            <dt>{t('quantity')}</dt>
            <dd>{quantity === undefined ? t('absent') : <Amount value={quantity} />}</dd>
          </div>
          {quantity !== undefined && (
            <div>
              <dt>{t('orderValueAbout')}</dt>
              <dd>
                <Amount
                  value={multiply(quantity, mark)}
                  decimals={placesFor(multiply(quantity, mark))}
                  {...(quote === undefined ? {} : { unit: quote })}
                />
              </dd>
            </div>
          )}
        </dl>
        {quantity === undefined && <Notice kind="warn">{t('closeTooSmall')}</Notice>}
        {error && <Notice kind="error">{errorText(error)}</Notice>}
        <p class="secondary">{t('closeText')}</p>
      </div>
      <div class="dialog-actions">
        <Button onPress={onBack}>{t('back')}</Button>
        <Button
          kind="primary"
          disabled={quantity === undefined}
          busy={placement.busy.value !== undefined}
          onPress={state.review}
        >
          {t('reviewOrder')}
        </Button>
      </div>
    </Dialog>
  );
}

/** Closes a position at the market: an order that can only reduce it, reviewed like any other. */
export function ClosePosition({ app, symbol, open, onBack }: ClosePositionProps) {
  const state = closing(app.trading);
  const { placement } = state;
  useEffect(() => {
    if (open) state.choose(symbol);
  }, [state, symbol, open]);
  const told = placement.placement.value !== undefined;
  useEffect(() => {
    // It was confirmed: what became of it is told above the list.
    if (told && open) onBack();
  }, [told, open, onBack]);
  const position = state.position.value;
  const isReviewed = placement.review.value !== undefined;
  return (
    <>
      <PlacementReport placement={placement} />
      {open && position && !isReviewed && (
        <Part app={app} state={state} position={position} onBack={onBack} />
      )}
      <ReviewRequest trading={app.trading} placement={placement} title={t('reviewOrder')} />
    </>
  );
}
