import { useRef } from 'preact/hooks';
import { isAtMarket, isStop } from '../../../exchange/order-draft.ts';
import { hasPositions } from '../../../exchange/rules.ts';
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
import { RequestNotices } from '../common/RequestNotices.tsx';
import { useOnScreen } from '../common/use-on-screen.ts';
import { Figures } from './Figures.tsx';
import { focusFirstInvalid } from './focus.ts';
import { LadderFields, ReviewLadder, ReviewOrder } from './lazily.tsx';
import { MarketPicker } from './MarketPicker.tsx';
import { OptionsFold } from './OptionsFold.tsx';
import { PlacementReport } from './PlacementReport.tsx';
import { PriceField } from './PriceField.tsx';
import { QuantityField } from './QuantityField.tsx';
import { TriggerFields } from './TriggerFields.tsx';
import { type OrderFields, useOrderFields } from './use-order-fields.ts';

/** How long it stays, and what it must not do: in sight, since most orders choose among them. */
function Terms({ fields }: { fields: OrderFields }) {
  const { draft, market, change, error } = fields;
  const rests = !isAtMarket(draft.orderType);
  const reduces = market !== undefined && hasPositions(market);
  if (!rests && !reduces) return null;
  return (
    <>
      <div class="form-options">
        {rests && (
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
          {rests && (
            <Check
              label={t('postOnly')}
              checked={draft.postOnly}
              onChange={(postOnly) => change({ postOnly })}
            />
          )}
          {reduces && (
            <Check
              label={t('reduceOnly')}
              checked={draft.reduceOnly}
              onChange={(reduceOnly) => change({ reduceOnly })}
            />
          )}
        </div>
      </div>
      {[error('postOnly'), error('reduceOnly')].map(
        (text) =>
          text && (
            <p key={text} class="field-error" role="alert">
              {text}
            </p>
          ),
      )}
    </>
  );
}

/** What, which way, at what price and how much. */
function Essentials({ fields, stale }: { fields: OrderFields; stale: boolean }) {
  const { draft, data, change, error, trade } = fields;
  const type = draft.orderType;
  return (
    <>
      <div class="form-pair">
        <MarketPicker
          stale={stale}
          data={data}
          symbol={draft.symbol}
          error={error('symbol')}
          onChange={(symbol) => change({ symbol })}
        />
        <Select
          label={t('orderType')}
          value={type}
          options={[
            { value: 'Limit', text: t('limit') },
            { value: 'Market', text: t('marketOrder') },
            { value: 'StopLimit', text: t('stopLimit') },
            { value: 'StopMarket', text: t('stopMarket') },
            { value: 'Ladder', text: t('ladder') },
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
      {isStop(type) && <TriggerFields fields={fields} />}
      {(type === 'Limit' || type === 'StopLimit') && <PriceField fields={fields} />}
      {type === 'Ladder' && <LadderFields fields={fields} />}
      <QuantityField fields={fields} />
      <Figures trade={trade} />
    </>
  );
}

/** The form for an order, its review, and what became of it. */
export function Trade({ app }: { app: App }) {
  const { market: data, requests, freshness } = app.trading;
  const state = freshness.value?.state;
  const { trade, placement, ladder } = ticket(app.trading);
  const form = useRef<HTMLFormElement>(null);
  const { fields, onLeave, isBeside } = useOrderFields(app);
  useOnScreen(app.trading, trade.draft.value.symbol);

  const review = async (): Promise<void> => {
    onLeave();
    if (trade.attempt()) {
      const checked = trade.checked.value;
      if (checked?.ok) await placement.prepare(checked.params);
      else await ladder.prepare(trade.orders.value);
    }
    focusFirstInvalid(form);
  };

  const failure = placement.error.value ?? ladder.error.value;
  const reported = [placement, ladder].flatMap(({ placement: { value } }) =>
    value?.kind === 'known' ? [value.view.id] : [],
  );
  return (
    <div class="trade">
      <PlacementReport placement={placement} />
      <PlacementReport placement={ladder} />
      <RequestNotices requests={requests} isElsewhere={({ id }) => reported.includes(id)} />
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
        <Essentials fields={fields} stale={state === 'stale' || state === 'offline'} />
        <Terms fields={fields} />
        <OptionsFold fields={fields} />
        <div class="trade-foot">
          {failure && !isBeside && <Notice kind="error">{errorText(failure)}</Notice>}
          <Button
            kind="primary"
            type="submit"
            busy={placement.busy.value === 'preparing' || ladder.busy.value === 'preparing'}
            disabled={!fields.market}
          >
            {t('reviewOrder')}
          </Button>
        </div>
      </form>
      {placement.review.value && (
        <ReviewOrder trading={app.trading} prepared={placement.review.value} />
      )}
      {ladder.review.value && <ReviewLadder trading={app.trading} prepared={ladder.review.value} />}
    </div>
  );
}
