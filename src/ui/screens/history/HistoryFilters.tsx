import { useState } from 'preact/hooks';
import { DateField } from '../../components/DateField.tsx';
import { Select } from '../../components/Select.tsx';
import type { HistoryFilter } from '../../state/walk.ts';
import { type MessageKey, t } from '../../text.ts';
import { dayOf, SPANS, type Span, timesBetween, timesOf } from './span.ts';

interface HistoryFiltersProps {
  filter: HistoryFilter;
  onChange: (change: Partial<HistoryFilter>) => void;
  /** `Market` or `Asset`, what stands for all of them, and what there is to choose from. */
  symbolLabel: string;
  allSymbols: string;
  symbols: readonly string[];
}

const SPAN_TEXTS: Record<Span, MessageKey> = {
  all: 'spanAll',
  today: 'spanToday',
  week: 'spanWeek',
  month: 'spanMonth',
  days: 'spanDays',
};

/** Which part of a history is shown. */
export function HistoryFilters(props: HistoryFiltersProps) {
  const { filter, onChange } = props;
  const isAll = filter.from === undefined && filter.to === undefined;
  const [span, setSpan] = useState<Span>(isAll ? 'all' : 'days');
  const [first, setFirst] = useState(dayOf(filter.from));
  const [last, setLast] = useState(dayOf(filter.to, true));
  const choose = (next: Span): void => {
    setSpan(next);
    if (next === 'days') {
      setFirst(dayOf(filter.from));
      setLast(dayOf(filter.to, true));
    } else {
      onChange(timesOf(next, Date.now()));
    }
  };
  const isBackwards = first !== '' && last !== '' && last < first;
  const setDays = (from: string, to: string): void => {
    setFirst(from);
    setLast(to);
    if (from === '' || to === '' || from <= to) onChange(timesBetween(from, to));
  };
  return (
    <div class="history-filters">
      <Select
        label={props.symbolLabel}
        value={filter.symbol}
        options={[
          { value: '', text: props.allSymbols },
          ...props.symbols.map((symbol) => ({ value: symbol, text: symbol })),
        ]}
        onChange={(symbol) => onChange({ symbol })}
      />
      <Select
        label={t('span')}
        value={span}
        options={SPANS.map((value) => ({ value, text: t(SPAN_TEXTS[value]) }))}
        onChange={choose}
      />
      {span === 'days' && (
        <>
          <DateField label={t('spanFrom')} value={first} onChange={(day) => setDays(day, last)} />
          <DateField
            label={t('spanTo')}
            value={last}
            error={isBackwards ? t('spanBackwards') : undefined}
            onChange={(day) => setDays(first, day)}
          />
        </>
      )}
    </div>
  );
}
