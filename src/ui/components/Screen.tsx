import type { ComponentChildren } from 'preact';
import { About } from './About.tsx';
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
      <footer class="screen-foot">
        <About />
      </footer>
    </main>
  );
}
