import { utcTime } from '../../../exchange/time.ts';
import { When } from '../common/When.tsx';

/** A time of a history; one that cannot be read as the exchange wrote it. */
export function HistoryTime({ moment }: { moment: string | number }) {
  const at = utcTime(moment);
  return Number.isNaN(at) ? <span>{moment}</span> : <When at={at} />;
}
