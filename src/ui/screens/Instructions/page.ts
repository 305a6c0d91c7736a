import type { RequestField } from '../../../exchange/request-fields.ts';
import type { Answered } from '../../state/instruction-form.ts';

/** Which rows of a history an answer has, counted from 1, and where the pages before and after it begin. */
export interface AnswerPage {
  from: number;
  to: number;
  total?: number | undefined;
  previous?: number | undefined;
  next?: number | undefined;
}

/** What the exchange gives where nobody says how many. */
const USUAL = 100;

/** `undefined` for an answer that does not come in pages, or is all there is. */
export function pageOf(
  fields: readonly RequestField[],
  { params, answer, total }: Answered,
): AnswerPage | undefined {
  const isPaged = ['limit', 'offset'].every((name) => fields.some((field) => field.name === name));
  if (!isPaged || !Array.isArray(answer)) return undefined;
  const size = Number(params.limit ?? USUAL);
  const offset = Number(params.offset ?? 0);
  const end = offset + answer.length;
  const isMore = total === undefined ? answer.length >= size : end < total;
  const next = isMore && answer.length > 0 ? end : undefined;
  if (offset === 0 && next === undefined) return undefined;
  return {
    from: answer.length === 0 ? offset : offset + 1,
    to: end,
    total,
    previous: offset > 0 ? Math.max(0, offset - size) : undefined,
    next,
  };
}
