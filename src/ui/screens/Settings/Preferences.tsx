import type { Settings } from '../../../messaging/settings.ts';
import { Check } from '../../components/Check.tsx';
import { Choice } from '../../components/Choice.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Select } from '../../components/Select.tsx';
import { useAction } from '../../components/use-action.ts';
import { errorText } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import { plural, t } from '../../text.ts';
import { WindowSetting } from './WindowSetting.tsx';

const MINUTES = [1, 5, 15, 30, 60, 240] as const satisfies Settings['autoLockMinutes'][];
const THEMES = [
  ['system', 'themeSystem'],
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
] as const;

/** Settings that hold as soon as they are changed. */
export function Preferences({ app }: { app: App }) {
  const change = useAction(app.settings.change);
  const settings = app.session.settings.value;
  if (!settings) return null;
  return (
    <section>
      <h2>{t('preferences')}</h2>
      {change.error && <Notice kind="error">{errorText(change.error)}</Notice>}
      <Select
        label={t('autoLock')}
        hint={t('autoLockHint')}
        value={String(settings.autoLockMinutes)}
        options={MINUTES.map((minutes) => ({
          value: String(minutes),
          text: minutes < 60 ? plural('minutes', minutes) : plural('hours', minutes / 60),
        }))}
        onChange={(text) => {
          const autoLockMinutes = MINUTES.find((minutes) => String(minutes) === text);
          if (autoLockMinutes) void change.run({ autoLockMinutes });
        }}
      />
      <Check
        label={t('lockOnLastWindow')}
        checked={settings.lockOnLastWindow}
        onChange={(lockOnLastWindow) => void change.run({ lockOnLastWindow })}
      />
      <Choice
        label={t('theme')}
        value={settings.theme}
        options={THEMES.map(([value, key]) => ({ value, text: t(key) }))}
        onChange={(theme) => void change.run({ theme })}
      />
      <WindowSetting app={app} windowMs={settings.windowMs} />
    </section>
  );
}
