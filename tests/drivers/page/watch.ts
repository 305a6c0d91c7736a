interface Watch {
  errors: string[];
}

const KEY = Symbol.for('driver.watch');

function isWatch(value: unknown): value is Watch {
  return typeof value === 'object' && value !== null && 'errors' in value;
}

function install(): Watch {
  const watch: Watch = { errors: [] };
  const log = console.error.bind(console);
  console.error = (...parts: unknown[]) => {
    watch.errors.push(parts.map(String).join(' '));
    log(...parts);
  };
  addEventListener('error', ({ message }) => watch.errors.push(message));
  addEventListener('unhandledrejection', ({ reason }) => watch.errors.push(String(reason)));
  Object.defineProperty(globalThis, KEY, { value: watch });
  return watch;
}

/**
 * Where the page is, and the errors it reported since it was asked last. For a browser that tells
 * its driver neither; it starts to listen when it is first asked.
 */
export function watch(): { url: string; errors: string[] } {
  const known: unknown = Reflect.get(globalThis, KEY);
  const { errors } = isWatch(known) ? known : install();
  return { url: location.href, errors: errors.splice(0) };
}
