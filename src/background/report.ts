/** `    at name (url:1:2)`, `    at url:1:2`, `name@url:1:2` */
const FRAME = /^(?:\s+at |[^@]*@)\S.*:\d+:\d+\)?$/;

/**
 * Tells the developer of a bug, in the background's console only. Never the message: libraries put the values that they
 * choked on into it, and one of them could be a secret.
 */
export function report(error: unknown): void {
  if (!(error instanceof Error)) {
    console.error('Buckle: something that is no error was thrown');
    return;
  }
  // Chromium's stack begins with the message, whose own lines could look like frames; Firefox's has frames only.
  const stack = (error.stack ?? '').replace(error.message, '');
  const frames = stack.split('\n').filter((line) => FRAME.test(line));
  console.error(`Buckle: ${error.name}\n${frames.join('\n')}`);
}
