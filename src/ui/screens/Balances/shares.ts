import {
  add,
  assertDecimal,
  compare,
  type Decimal,
  divide,
  multiply,
} from '../../../core/decimal.ts';
import type { AssetRow } from '../../../exchange/valuation.ts';

const ZERO = assertDecimal('0');
const THOUSAND = assertDecimal('1000');
/** Assets with a part of their own; the rest share one. */
const PARTS = 5;

export interface Share {
  asset: string;
  /** Of the assets with a value above zero, in thousandths, cut. */
  permille: Decimal;
}

/** What part of the value each asset is. Debts and assets without a price have none. */
export function shares(rows: readonly AssetRow[]): readonly Share[] {
  const priced = rows.flatMap(({ asset, value }) =>
    value !== undefined && compare(value, ZERO) > 0 ? [{ asset, value }] : [],
  );
  const total = priced.reduce((sum, { value }) => add(sum, value), ZERO);
  const rest = priced.slice(PARTS).reduce((sum, { value }) => add(sum, value), ZERO);
  const parts = [...priced.slice(0, PARTS), { asset: '…', value: rest }];
  return parts
    .filter(({ value }) => compare(value, ZERO) > 0)
    .map(({ asset, value }) => ({ asset, permille: divide(multiply(value, THOUSAND), total, 0) }));
}
