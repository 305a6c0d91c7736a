import { whatIsInstalled } from '../about.ts';
import { t } from '../text.ts';

/** As many characters as a person compares by eye; all of them are on hover. */
const SHOWN = 12;

/** The last line of a page: what is installed, so that it can be held against a build of one's own. */
export function About() {
  const { version, build } = whatIsInstalled();
  return (
    <p class="secondary about">
      {t('appName')} {version}
      {build !== '' && (
        <>
          {' · '}
          {t('build')} <code title={build}>{build.slice(0, SHOWN)}</code>
        </>
      )}
      {' · '}
      {t('independent')}
    </p>
  );
}
