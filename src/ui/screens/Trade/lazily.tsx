import { lazy } from '../../components/lazy.tsx';

// What the ticket folds away, read when it is opened.

export const LadderFields = lazy(async () => (await import('./LadderFields.tsx')).LadderFields);
export const MoreOptions = lazy(async () => (await import('./MoreOptions.tsx')).MoreOptions);
export const ReviewOrder = lazy(async () => (await import('./ReviewOrder.tsx')).ReviewOrder);
export const ReviewLadder = lazy(async () => (await import('./ReviewLadder.tsx')).ReviewLadder);
