import { AppError } from '../core/errors.ts';

/** Waits for a read or write of the browser's storage. @throws STORAGE whatever went wrong there. */
export async function storing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new AppError('STORAGE', undefined, { cause });
  }
}
