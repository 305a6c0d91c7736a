import { useId } from 'preact/hooks';
import type { Problem } from '../../../exchange/bounds.ts';
import { ORDER_KINDS, type OrderKind } from '../../../policy/grant.ts';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Check.tsx';
import { Choice } from '../../components/Choice.tsx';
import { Field, FieldNotes } from '../../components/Field.tsx';
import { Select } from '../../components/Select.tsx';
import { dayAndTime } from '../../format.ts';
import { t } from '../../text.ts';
import { problemText } from '../common/problem-text.ts';
import { type GrantDraft, LASTS, type Lasts } from './grant-draft.ts';

const KIND_TEXTS = {
  limit: 'grantKindLimit',
  market: 'grantKindMarket',
  cancel: 'grantKindCancel',
} as const satisfies Record<OrderKind, string>;

const LASTS_TEXTS = {
  hour: 'grantHour',
  day: 'grantDay',
  week: 'grantWeek',
  month: 'grantMonth',
} as const satisfies Record<Exclude<Lasts, 'kept'>, string>;

interface GrantEditorProps {
  draft: GrantDraft;
  /** Shown beside their fields. */
  problems: readonly Problem[];
  /** Every market there is, by symbol. */
  symbols: readonly string[];
  /** The powers that can be chosen at all: what the site asked for. */
  scopes: readonly ('read' | 'trade')[];
  onChange: (part: Partial<GrantDraft>) => void;
}

const errorAt = (problems: readonly Problem[], path: string): string | undefined => {
  const found = problems.find((problem) => problem.path === path);
  return found && problemText(found);
};

/** The powers of a site, narrow ones first: what it may do without asking, with what, how much, how often, for how long. */
export function GrantEditor(props: GrantEditorProps) {
  const { draft, problems, scopes, onChange } = props;
  const id = useId();
  const noScope = errorAt(problems, 'scopes');
  return (
    <div class="grant-editor">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out like a label */}
      <div role="group" aria-label={t('connectScopes')} class="stack-tight">
        {scopes.includes('read') && (
          <Check
            label={t('connectRead')}
            checked={draft.read}
            onChange={(read) => onChange({ read })}
          />
        )}
        {scopes.includes('trade') && (
          <Check
            label={t('grantTrade')}
            hint={t('grantTradeHint')}
            checked={draft.trade}
            onChange={(trade) => onChange({ trade })}
          />
        )}
        <FieldNotes id={`${id}-scopes`} label="" error={noScope} />
      </div>
      {draft.trade && <TradeTerms {...props} />}
      <Select
        label={t('grantLasts')}
        value={draft.lasts}
        options={LASTS.filter((each) => each !== 'kept' || draft.lasts === 'kept').map((value) => ({
          value,
          text:
            value === 'kept' ? t('grantKept', dayAndTime(draft.expiresAt)) : t(LASTS_TEXTS[value]),
        }))}
        onChange={(lasts) => onChange({ lasts })}
      />
    </div>
  );
}

function TradeTerms({ draft, problems, symbols, onChange }: GrantEditorProps) {
  const id = useId();
  const toggle = (kind: OrderKind, on: boolean): void =>
    onChange({
      kinds: ORDER_KINDS.filter((each) => (each === kind ? on : draft.kinds.includes(each))),
    });
  return (
    <>
      <Choice
        label={t('grantMarkets')}
        value={draft.everyMarket ? 'all' : 'some'}
        options={[
          { value: 'some', text: t('grantSomeMarkets') },
          { value: 'all', text: t('grantEveryMarket') },
        ]}
        onChange={(choice) => onChange({ everyMarket: choice === 'all' })}
      />
      {!draft.everyMarket && (
        <Markets draft={draft} problems={problems} symbols={symbols} onChange={onChange} />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="group" aria-label={t('grantKinds')} class="stack-tight">
        <span class="field-name" aria-hidden="true">
          {t('grantKinds')}
        </span>
        {ORDER_KINDS.map((kind) => (
          <Check
            key={kind}
            label={t(KIND_TEXTS[kind])}
            checked={draft.kinds.includes(kind)}
            onChange={(on) => toggle(kind, on)}
          />
        ))}
        <FieldNotes id={`${id}-kinds`} label="" error={errorAt(problems, 'kinds')} />
        <Check
          label={t('grantReduceOnly')}
          checked={draft.reduceOnly}
          onChange={(reduceOnly) => onChange({ reduceOnly })}
        />
      </div>
      <Field
        label={t('grantMaxOrder')}
        unit="USDC"
        inputMode="decimal"
        value={draft.maxOrder}
        error={errorAt(problems, 'maxOrder')}
        onInput={(maxOrder) => onChange({ maxOrder })}
      />
      <Field
        label={t('grantMaxDay')}
        unit="USDC"
        inputMode="decimal"
        value={draft.maxDay}
        error={errorAt(problems, 'maxDay')}
        onInput={(maxDay) => onChange({ maxDay })}
      />
      <Field
        label={t('grantMaxPerMinute')}
        inputMode="numeric"
        value={draft.maxPerMinute}
        error={errorAt(problems, 'maxPerMinute')}
        onInput={(maxPerMinute) => onChange({ maxPerMinute })}
      />
    </>
  );
}

function Markets({ draft, problems, symbols, onChange }: Omit<GrantEditorProps, 'scopes'>) {
  const others = symbols.filter((symbol) => !draft.markets.includes(symbol));
  return (
    <>
      {draft.markets.length > 0 && (
        <ul class="chips" aria-label={t('grantMarkets')}>
          {draft.markets.map((symbol) => (
            <li key={symbol}>
              <span class="symbol">{symbol}</span>
              <Button
                icon="close"
                iconOnly
                small
                onPress={() =>
                  onChange({ markets: draft.markets.filter((each) => each !== symbol) })
                }
              >
                {t('grantRemoveMarket', symbol)}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Select
        label={t('grantAddMarket')}
        value=""
        options={[
          { value: '', text: t('grantChooseMarket') },
          ...others.map((symbol) => ({ value: symbol, text: symbol })),
        ]}
        error={errorAt(problems, 'markets')}
        onChange={(symbol) => symbol !== '' && onChange({ markets: [...draft.markets, symbol] })}
      />
    </>
  );
}
