/**
 * Tells the developer of a bug, in the background's console only. Never the message: libraries put the values that they
 * choked on into it, and one of them could be a secret.
 */
export function report(error: unknown): void {
  if (!(error instanceof Error)) {
    console.error('Buckle: something that is no error was thrown');
    return;
  }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at |@/.test(line));
  console.error(`Buckle: ${error.name}\n${frames.join('\n')}`);
}
