import {
  assertDecimal,
  compare,
  divide,
  isDecimal,
  isZero,
  multiply,
} from '../../../core/decimal.ts';

const THOUSAND = assertDecimal('1000');

/** How much of `most` is used, in thousandths, 1000 at most. */
export function permilleOf(used: string, most: string): number {
  if (!isDecimal(used) || !isDecimal(most) || isZero(most)) return 0;
  const part = divide(multiply(used, THOUSAND), most, 0);
  return compare(part, THOUSAND) > 0 ? 1000 : Number(part);
}

/** A thin bar. Decoration: the text beside it says it in numbers. */
export function UsageBar({ used, most }: { used: string; most: string }) {
  const permille = permilleOf(used, most);
  return (
    <div class={permille >= 1000 ? 'usage-bar used-up' : 'usage-bar'} aria-hidden="true">
      {/* The style sheet cannot know the number, and inline styles are not allowed. */}
      <span ref={(part) => part?.style.setProperty('width', `${permille / 10}%`)} />
    </div>
  );
}
