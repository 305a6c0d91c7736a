import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../text.ts';
import { Notice } from './Notice.tsx';

/**
 * A component whose code is read when it is first shown, from Buckle's own package: a popup that opens elsewhere need not wait
 * for it. Shown at once from then on.
 */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const [state, setState] = useState<'loading' | 'ready' | 'failed'>(
      loaded ? 'ready' : 'loading',
    );
    useEffect(() => {
      if (loaded) return;
      let isGone = false;
      load().then(
        (component) => {
          loaded = component;
          if (!isGone) setState('ready');
        },
        // Buckle was updated under an open page: its files have other names now.
        () => {
          if (!isGone) setState('failed');
        },
      );
      return () => {
        isGone = true;
      };
    }, []);
    const Component = loaded;
    if (Component) return <Component {...props} />;
    return state === 'failed' ? (
      <Notice
        kind="error"
        action={{ label: t('reloadPage'), onPress: () => window.location.reload() }}
      >
        {t('partMissing')}
      </Notice>
    ) : (
      <div aria-busy="true" />
    );
  };
}
