/** Why an input was refused. The sentence for each lives in `_locales`, chosen in `ui/error-text.ts`. */
export type InvalidReason =
  | 'required'
  | 'unknown-key'
  | 'wrong-type'
  | 'character'
  | 'too-long'
  | 'conflict'
  | 'number-format'
  | 'number-exponent'
  | 'number-comma'
  | 'number-sign'
  | 'number-whole'
  | 'not-above'
  | 'not-below'
  | 'decimals'
  | 'tick'
  | 'step'
  | 'minimum'
  | 'maximum'
  | 'market-closed'
  | 'market-unknown'
  | 'asset-unknown'
  | 'chain-unknown'
  | 'withdraw-disabled'
  | 'address-format'
  | 'address-checksum'
  | 'address-length'
  | 'address-wrong-chain'
  | 'address-tag'
  | 'address-spaces'
  | 'address-testnet'
  | 'address-known'
  | 'secret-alphabet'
  | 'secret-length'
  | 'secret-halves'
  | 'api-key-format'
  | 'api-key-mismatch'
  | 'account-exists'
  | 'password-short'
  | 'password-mismatch'
  | 'backup-format'
  | 'backup-version'
  | 'backup-damaged'
  | 'digest-mismatch'
  | 'page-silent'
  | 'client-id-open';

/**
 * Why the new order of an edit was not sent: the old one is still there or its cancel was refused, it was filled or gone before,
 * it is not known whether it is gone, more of it was executed than the person saw, or Buckle was locked or stopped in between.
 */
export type NotReplaced = 'not-cancelled' | 'filled' | 'unknown' | 'executed' | 'interrupted';

/**
 * Every expected failure and the data that goes with it. Nothing here may hold a secret or a value that somebody typed:
 * this is what crosses to other contexts.
 */
export interface ErrorData {
  /** The vault is locked; unlock and try again. */
  LOCKED: undefined;
  /** There is no vault yet. */
  EMPTY: undefined;
  /** The password does not open the vault. */
  WRONG_PASSWORD: undefined;
  /** Both copies of the record are unreadable, or it was edited: never treated as a first run. */
  VAULT_DAMAGED: undefined;
  USER_REJECTED: undefined;
  UNAUTHORIZED: undefined;
  UNSUPPORTED: { method: string };
  /** `path` names the field, `limit` the bound that was missed (a tick, a minimum), as text. */
  INVALID_INPUT: { path: string; reason: InvalidReason; limit?: string };
  /** The exchange answers a valid signature of this key with nothing: nobody registered the key. */
  UNREGISTERED_KEY: undefined;
  /** `forbidden`: the browser no longer lets Buckle reach the exchange. */
  NETWORK: { kind: 'offline' | 'timeout' | 'connection' | 'forbidden' };
  /** The exchange refused; `code` and `message` are its own words. */
  EXCHANGE: { status: number; code: string; message: string };
  /** The exchange answered with something that is not its API: nothing, HTML, cut-off JSON, a wrong shape at `path`. */
  BAD_ANSWER: { status: number; kind: 'empty' | 'html' | 'json' | 'shape'; path?: string };
  /** The exchange calls our timestamp expired although its own clock was used. `offsetMs`: its clock minus ours. */
  CLOCK_SKEW: { offsetMs: number };
  /** The second half of an edit was not sent: how the first one ended, or what had been executed, kept it from leaving. */
  NOT_REPLACED: { reason: NotReplaced };
  /** The browser's storage failed: full, blocked, or closed. */
  STORAGE: undefined;
  /** A bug of ours. Details stay in the background's console. */
  INTERNAL: undefined;
}

export type ErrorCode = keyof ErrorData;

/** An expected failure with its data. The message is the code alone, so that no stack or log can carry an input. */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly data: ErrorData[C];
  constructor(code: C, data: ErrorData[C], options?: ErrorOptions) {
    super(code, options);
    this.name = 'AppError';
    this.code = code;
    this.data = data;
  }
}

/** An error as it crosses a boundary: code and data, no stack, no cause. */
export type WireError = { [C in ErrorCode]: { code: C; data: ErrorData[C] } }[ErrorCode];

/** Is `error` an `AppError` with this code? */
export function isAppError<C extends ErrorCode>(error: unknown, code: C): error is AppError<C> {
  return error instanceof AppError && error.code === code;
}

/** Anything thrown, as it may cross a boundary: what is not an `AppError` is our bug and becomes INTERNAL. */
export function toWireError(error: unknown): WireError {
  if (error instanceof AppError) return { code: error.code, data: error.data } as WireError;
  return { code: 'INTERNAL', data: undefined };
}

/** For a `catch`: names the part of a list in which a field was refused. */
export const within =
  (prefix: string) =>
  (error: unknown): never => {
    if (!isAppError(error, 'INVALID_INPUT')) throw error;
    const path = [prefix, error.data.path].filter(Boolean).join('.');
    throw new AppError('INVALID_INPUT', { ...error.data, path });
  };

/** Shorthand for the commonest refusal. */
export function invalid(path: string, reason: InvalidReason, limit?: string): AppError {
  return new AppError('INVALID_INPUT', {
    path,
    reason,
    ...(limit === undefined ? {} : { limit }),
  });
}
