import { fieldLabel } from '../../field-text.ts';
import { t } from '../../text.ts';
import { AnswerCell } from './AnswerCell.tsx';
import { isMembers } from './answer-rows.ts';

/** An answer that is no table: fields with their values, what is nested under its own name. */
export function AnswerTree({ value, name = '' }: { value: unknown; name?: string }) {
  if (Array.isArray(value)) {
    if (value.length === 0) return <p class="secondary">{t('answerNoRows')}</p>;
    return (
      <ol class="answer-list">
        {value.map((each, index) => (
          // Rows of an answer have no identity of their own: their place is theirs.
          <li key={String(index)}>
            <AnswerTree value={each} name={name} />
          </li>
        ))}
      </ol>
    );
  }
  if (!isMembers(value)) return <AnswerCell name={name} value={value} />;
  return (
    <dl class="answer-fields">
      {Object.entries(value).map(([key, inner]) => (
        <div key={key} class={typeof inner === 'object' && inner ? 'answer-nested' : undefined}>
          <dt>{fieldLabel(key)}</dt>
          <dd>
            <AnswerTree value={inner} name={key} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
