import { Notice } from '../components/Notice.tsx';
import { KINDS } from '../screens/common/severity.ts';
import { t } from '../text.ts';
import type { Remark } from './remarks.ts';

/** What is remarkable about what is asked, the worst first. They come and go with the market: no alarm each time. */
export function Remarks({ remarks }: { remarks: readonly Remark[] }) {
  if (remarks.length === 0) return null;
  return (
    <section class="warnings" aria-label={t('warnings')}>
      {remarks.map(({ key, severity, words }) => (
        <Notice key={key} kind={KINDS[severity]}>
          {words}
        </Notice>
      ))}
    </section>
  );
}
