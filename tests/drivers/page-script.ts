import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Names the bundle's exports are reachable by in the code given to `inPage`. */
const GLOBAL = 'page';

async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL('./page/index.ts', import.meta.url)),
        formats: ['iife'],
        name: GLOBAL,
      },
    },
  });
  const [chunk] = [output].flat().flatMap((part) => ('output' in part ? part.output : []));
  if (chunk?.type !== 'chunk') throw new Error('the page script gave no bundle');
  return chunk.code;
}

let bundled: Promise<string> | undefined;

/**
 * The source of a function that runs with the page script at hand.
 * @param fn - A function's source that may use `page`: `(element) => page.textOf(element)`.
 */
export async function inPage(fn: string): Promise<string> {
  bundled ??= bundle();
  return `(...given) => { ${await bundled}\n return (${fn})(...given); }`;
}

/** As `inPage`, as a function to give to a driver that sends functions into pages. */
export async function elementFunction<T>(fn: string): Promise<(element: Element) => T> {
  const source = await inPage(fn);
  // Made from text: what a test runner's compiler adds to a function does not exist in the page.
  return new Function('element', `return (${source})(element);`) as (element: Element) => T;
}

/** The source of an expression that calls `fn` with values carried as JSON. */
export const call = (fn: string, ...args: readonly unknown[]): string =>
  `(${fn})(${args.map((value) => JSON.stringify(value) ?? 'undefined').join(', ')})`;

/** As `call`, its answer as JSON text, so that both browsers give the same values back. */
export const callJson = (fn: string, ...args: readonly unknown[]): string =>
  `(async () => JSON.stringify(await ${call(fn, ...args)}) ?? 'null')()`;
