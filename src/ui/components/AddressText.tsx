import { inGroups } from '../../policy/addresses.ts';

/** So many characters at either end are the ones that people compare. */
const STRESSED = 8;

/** A piece of a group, all of it within the stressed ends or all of it without. */
interface Piece {
  text: string;
  stressed: boolean;
}

function piecesOf(group: string, start: number, length: number): readonly Piece[] {
  const isStressed = (at: number): boolean => at < STRESSED || at >= length - STRESSED;
  const pieces: Piece[] = [];
  for (const [index, character] of [...group].entries()) {
    const stressed = isStressed(start + index);
    const last = pieces.at(-1);
    if (last && last.stressed === stressed) last.text += character;
    else pieces.push({ text: character, stressed });
  }
  return pieces;
}

/**
 * An address for comparing: in groups of four, the first and last eight characters bold. The gaps are drawn and not there, so
 * that what is copied is the address.
 */
export function AddressText({ address }: { address: string }) {
  const groups = inGroups(address);
  return (
    <span class="address" title={address}>
      {groups.map((group, index) => (
        <span key={index} class="address-group">
          {piecesOf(group, index * 4, address.length).map(({ text, stressed }, place) =>
            stressed ? <strong key={place}>{text}</strong> : <span key={place}>{text}</span>,
          )}
        </span>
      ))}
    </span>
  );
}
