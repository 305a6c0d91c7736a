import { lazy } from '../../components/lazy.tsx';

// What is opened from a row, read when it is.

export const EditOrder = lazy(async () => (await import('./EditOrder.tsx')).EditOrder);
