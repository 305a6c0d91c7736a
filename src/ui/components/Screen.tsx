import type { ComponentChildren } from 'preact';
import { t } from '../text.ts';
import { Mark } from './Icon.tsx';

/** A page on its own, outside the tabs: mark, heading, content. */
export function Screen({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <main class="screen">
      <div class="screen-head">
        <Mark />
        <h1>{title}</h1>
      </div>
      {children}
      <p class="screen-foot secondary">{t('independent')}</p>
    </main>
  );
}
