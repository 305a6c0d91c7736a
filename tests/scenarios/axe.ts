import { readFile } from 'node:fs/promises';
import type { Driver, Surface } from '../drivers/driver.ts';

/** Looks over a page of Buckle's as axe-core does, in light and in dark. Yields what it finds wrong: rule, and elements. */
export type AxeCheck = (surface: Surface) => Promise<string[]>;

export async function createAxeCheck(driver: Driver): Promise<AxeCheck> {
  const axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8');
  const check = (surface: Surface, options: object): Promise<string[]> =>
    surface.evaluate(
      `async (options) => {
        if (!globalThis.axe) { ${axe} }
        // Colours that are on their way to others are nobody's contrast.
        await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
        const { violations } = await globalThis.axe.run(document, options);
        return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' '));
      }`,
      options,
    );
  return async (surface) => {
    const inLight = await check(surface, { resultTypes: ['violations'] });
    await driver.setColorScheme('dark');
    const inDark = await check(surface, {
      runOnly: ['color-contrast'],
      resultTypes: ['violations'],
    });
    await driver.setColorScheme('light');
    return [...inLight, ...inDark.map((each) => `dark: ${each}`)];
  };
}
