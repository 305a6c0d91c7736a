/** What the exchange answers instead of doing what was asked. Thrown anywhere, answered in one place. */
export class Refusal extends Error {
  readonly status: number;
  /** Absent when the answer is plain text, as for requests that could not be parsed. */
  readonly code: string | undefined;

  constructor(status: number, code: string | undefined, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
  }
}

export const refuse = (code: string, message: string, status = 400): Refusal =>
  new Refusal(status, code, message);
export const unparsable = (message: string): Refusal => new Refusal(400, undefined, message);
