interface InputRef {
  readonly current: HTMLInputElement | null;
}

/** What was typed into a secret field, read at the moment of use. */
export const typed = (input: InputRef): string => input.current?.value ?? '';

/** Empties secret fields: what was typed is not to stay longer than it is needed. */
export function wipe(...inputs: readonly InputRef[]): void {
  for (const input of inputs) if (input.current) input.current.value = '';
}
