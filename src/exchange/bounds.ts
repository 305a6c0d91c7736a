import * as v from 'valibot';
import {
  compare,
  type Decimal,
  decimalPlaces,
  isMultiple,
  isZero,
  nearestMultiples,
  subtract,
  truncate,
} from '../core/decimal.ts';
import type { InvalidReason } from '../core/errors.ts';
import { field } from './schema.ts';
import type { Market } from './types.ts';

/** Why a field is refused. `limit` is the bound that was missed; `suggestions` are valid values, the nearest first. */
export interface Problem {
  path: string;
  reason: InvalidReason;
  limit?: string;
  suggestions?: readonly Decimal[];
}

/** How a value is bounded: by a grid, a smallest and, sometimes, a largest value. */
export interface Bounds {
  grid: Decimal;
  offGrid: 'tick' | 'step';
  min: Decimal;
  max: Decimal | null | undefined;
}

export const priceBounds = ({ filters: { price } }: Market): Bounds => ({
  grid: price.tickSize,
  offGrid: 'tick',
  min: price.minPrice,
  max: price.maxPrice,
});
export const quantityBounds = ({ filters: { quantity } }: Market): Bounds => ({
  grid: quantity.stepSize,
  offGrid: 'step',
  min: quantity.minQuantity,
  max: quantity.maxQuantity,
});

/** Digits after the point that carry value: `"1.50"` has 1. */
const valueDecimals = (value: Decimal): number => decimalPlaces(truncate(value, 30));

/** The values of the grid around `value` that lie within the bounds, the nearest first. */
function around(value: Decimal, bounds: Bounds): readonly Decimal[] {
  const { below, above } = nearestMultiples(value, bounds.grid);
  const nearerAbove = compare(subtract(above, value), subtract(value, below)) < 0;
  const candidates = nearerAbove ? [above, below] : [below, above];
  return candidates.filter((candidate) => within(candidate, bounds));
}

const within = (value: Decimal, { min, max }: Bounds): boolean =>
  !isZero(value) && compare(value, min) >= 0 && (max == null || compare(value, max) <= 0);

/** The smallest value of the grid that is allowed. */
function smallest({ grid, min }: Bounds): Decimal {
  if (compare(min, grid) < 0) return grid;
  return isMultiple(min, grid) ? min : nearestMultiples(min, grid).above;
}

/** What the bounds have against a value, with the nearest values that they allow. */
export function amountProblem(path: string, value: Decimal, bounds: Bounds): Problem | undefined {
  if (!v.is(field.amount, value) && !isZero(value)) return { path, reason: 'number-format' };
  const least = smallest(bounds);
  if (compare(value, least) < 0) {
    return { path, reason: 'minimum', limit: least, suggestions: [least] };
  }
  if (bounds.max != null && compare(value, bounds.max) > 0) {
    const most = nearestMultiples(bounds.max, bounds.grid).below;
    return { path, reason: 'maximum', limit: bounds.max, suggestions: [most] };
  }
  if (isMultiple(value, bounds.grid)) return undefined;
  const suggestions = around(value, bounds);
  const allowed = valueDecimals(bounds.grid);
  return valueDecimals(value) > allowed
    ? { path, reason: 'decimals', limit: String(allowed), suggestions }
    : { path, reason: bounds.offGrid, limit: bounds.grid, suggestions };
}
