import { isAppError } from '../../core/errors.ts';

/**
 * What was sealed, or `undefined` if it no longer opens: one damaged record must not keep a person from all the others.
 * Any other failure stays one.
 */
export async function readable<T>(opening: Promise<T>): Promise<T | undefined> {
  try {
    return await opening;
  } catch (error) {
    if (isAppError(error, 'VAULT_DAMAGED')) return undefined;
    throw error;
  }
}
