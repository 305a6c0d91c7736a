import * as v from 'valibot';
import { assertDecimal, isZero } from '../../core/decimal.ts';
import { decimal, idText, maybe } from '../schema.ts';
import { amount, atOf, texts, timed, times } from './frame.ts';
import type { BalanceUpdate, PositionUpdate } from './updates.ts';

const ZERO = assertDecimal('0');

export const positionUpdateFrame = v.pipe(
  v.object({
    ...times,
    e: texts,
    s: v.string(),
    q: decimal,
    ...{ b: amount, B: amount, f: amount, M: amount, m: amount, Q: amount, n: amount },
    ...{ p: amount, P: amount },
    i: maybe(idText),
  }),
  timed(),
  // Of a position that is closed nothing else is needed.
  v.check(({ q, B, M, P }) => isZero(q) || [B, M, P].every((each) => each != null), 'no price'),
  v.transform((frame): PositionUpdate => {
    const position = {
      breakEvenPrice: frame.b,
      entryPrice: frame.B ?? ZERO,
      imf: frame.f,
      markPrice: frame.M ?? ZERO,
      mmf: frame.m,
      netExposureNotional: frame.n,
      netExposureQuantity: frame.Q,
      netQuantity: frame.q,
      pnlRealized: frame.p,
      pnlUnrealized: frame.P ?? ZERO,
      positionId: frame.i,
      symbol: frame.s,
    };
    return { event: frame.e, at: atOf(frame), position };
  }),
);

export const balanceUpdateFrame = v.pipe(
  v.object({ ...times, a: v.string(), A: decimal, L: decimal, S: amount }),
  timed(),
  v.transform(
    (frame): BalanceUpdate => ({
      at: atOf(frame),
      symbol: frame.a,
      available: frame.A,
      locked: frame.L,
      staked: frame.S,
    }),
  ),
);
