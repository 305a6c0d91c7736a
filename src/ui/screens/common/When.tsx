import { age, shortDayAndTime } from '../../format.ts';

interface WhenProps {
  /** Unix ms. */
  at: number;
  /** How long ago it was, seen from `now`; the day and time without it. */
  now?: number;
}

/** A point in time as on this computer, in short, with the full time in UTC on hover. */
export function When({ at, now }: WhenProps) {
  const utc = new Date(at).toISOString();
  return (
    <time dateTime={utc} title={utc}>
      {now === undefined ? shortDayAndTime(at) : age(now - at)}
    </time>
  );
}
