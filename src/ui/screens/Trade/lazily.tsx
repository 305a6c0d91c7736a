import { lazy } from '../../components/lazy.tsx';

// What the ticket folds away, read when it is opened.

export const MoreOptions = lazy(async () => (await import('./MoreOptions.tsx')).MoreOptions);
export const ReviewOrder = lazy(async () => (await import('./ReviewOrder.tsx')).ReviewOrder);
