import { useEffect, useMemo } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Check.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { errorText } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import { createInspector } from '../../state/inspector.ts';
import { createPoller } from '../../state/poller.ts';
import { known } from '../../state/remote.ts';
import { t } from '../../text.ts';
import { InspectedRequest } from './InspectedRequest.tsx';

const LOOK_MS = 1_500;

/** The last requests with the text that was signed, for those who want to see it. Off until a person switches it on. */
export function Inspector({ app, onBack }: { app: App; onBack: () => void }) {
  const inspector = useMemo(() => createInspector(app.call), [app]);
  const change = useAction(inspector.switch);
  useEffect(() => {
    const poller = createPoller(app.presence, LOOK_MS, () => inspector.refresh(true));
    poller.start();
    return () => poller.stop();
  }, [app, inspector]);
  const remote = inspector.state.value;
  const seen = known(remote)?.value;
  const error = change.error ?? (remote.status === 'failed' ? remote.error : undefined);
  const requests = seen?.requests ?? [];
  return (
    <div class="stack column inspector">
      <div class="inspector-head">
        <Button icon="back" iconOnly title={t('back')} onPress={onBack}>
          {t('back')}
        </Button>
        <h1>{t('inspector')}</h1>
      </div>
      <p class="secondary">{t('inspectorText')}</p>
      {error && <Notice kind="error">{errorText(error)}</Notice>}
      {seen && (
        <Check
          label={t('inspectorSwitch')}
          hint={t('inspectorSwitchHint')}
          checked={seen.on}
          disabled={change.busy}
          onChange={(on) => void change.run(on)}
        />
      )}
      {requests.length > 0 ? (
        <ul class="inspected-list" aria-label={t('inspectorList')}>
          {requests.map((request) => (
            <InspectedRequest key={request.number} request={request} />
          ))}
        </ul>
      ) : (
        seen && (
          <div class="table-empty">
            <p class="empty-title">{t(seen.on ? 'inspectorWaits' : 'inspectorOff')}</p>
            <p>{t(seen.on ? 'inspectorWaitsHint' : 'inspectorOffHint')}</p>
          </div>
        )
      )}
    </div>
  );
}
