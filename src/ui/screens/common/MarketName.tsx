import { Fragment } from 'preact';

/**
 * A market's symbol, whole: the kind at its end in small letters, so that it fits beside figures. Where there is no
 * room even then, it breaks after an underscore rather than losing its end.
 */
export function MarketName({ symbol }: { symbol: string }) {
  const [base, quote, ...kind] = symbol.split('_');
  return (
    <strong class="symbol">
      {base}
      {quote !== undefined && (
        <>
          _<wbr />
          {quote}
        </>
      )}
      {kind.map((part) => (
        <Fragment key={part}>
          _<wbr />
          <small>{part}</small>
        </Fragment>
      ))}
    </strong>
  );
}
