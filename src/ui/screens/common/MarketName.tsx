import { Fragment } from 'preact';

/** A market's symbol, whole: where there is no room it breaks after an underscore rather than losing its end. */
export function MarketName({ symbol }: { symbol: string }) {
  const [base, ...rest] = symbol.split('_');
  return (
    <strong class="symbol">
      {base}
      {rest.map((part) => (
        <Fragment key={part}>
          _<wbr />
          {part}
        </Fragment>
      ))}
    </strong>
  );
}
