import { AppError } from '../core/errors.ts';
import type { Door } from './router.ts';

/** The door of web pages. No site is let in yet: every call is refused, whatever it asks. */
export const siteDoor: Door = async () => {
  throw new AppError('UNAUTHORIZED', undefined);
};
