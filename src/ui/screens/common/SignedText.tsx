import type { AnyPrepared } from '../../../messaging/requests.ts';
import { t } from '../../text.ts';

/** The very text that will be signed, folded. `withToken`: a second factor goes along, whose token nobody is shown. */
export function SignedText({
  prepared,
  withToken = false,
}: {
  prepared: Pick<AnyPrepared, 'canonical' | 'window' | 'method' | 'path'>;
  withToken?: boolean;
}) {
  const token = withToken ? '&twoFactorToken=•••' : '';
  return (
    <details
      class="signed-text"
      onToggle={(event) => event.currentTarget.scrollIntoView({ block: 'nearest' })}
    >
      <summary>{t('whatWillBeSigned')}</summary>
      <code>{`${prepared.canonical}${token}&timestamp=${t('whenSent')}&window=${prepared.window}`}</code>
      <p class="secondary">{t('sentTo', prepared.method, prepared.path)}</p>
    </details>
  );
}
