import { useEffect, useState } from 'preact/hooks';
import { When } from './When.tsx';

/** Ages are told in seconds only below a minute. */
const EVERY_MS = 5_000;

/** How long ago it was, kept up by itself: the row around it need not be drawn anew. `at` in Unix ms. */
export function Age({ at }: { at: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return <When at={at} now={now} />;
}
