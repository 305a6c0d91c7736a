/** Strokes on a 20 × 20 grid, drawn for Buckle. */
const PATHS = {
  balances: 'M3 6.5h14v10H3zM3 6.5 13 3v3.5M13 11.5h4',
  orders: 'M3 5h9M3 10h14M3 15h6M15 3.5v4M13 5.5h4',
  trade: 'M6 16V4M3 7l3-3 3 3M14 4v12M11 13l3 3 3-3',
  transfer: 'M3 7h12M12 3.5 15.5 7 12 10.5M17 14H5M8 10.5 4.5 14 8 17.5',
  activity: 'M10 3a7 7 0 1 1-6.6 4.7M3 3.5v4.5h4.5M10 6.5V10l2.5 2',
  settings: 'M3 6h7M14 6h3M3 14h3M10 14h7M10 4v4M6 12v4M14 4.5v3',
  lock: 'M4.5 9h11v8h-11zM7 9V6.5a3 3 0 0 1 6 0V9M10 12v2',
  external: 'M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  check: 'M4 10.5 8 14.5 16 5.5',
  warning: 'M10 3 18 17H2zM10 8v4.5M10 14.4v.6',
  info: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14M10 9v5M10 6.2v.6',
  up: 'M10 16V4M5 9l5-5 5 5',
  down: 'M10 4v12M5 11l5 5 5-5',
  chevron: 'M5 7.5 10 12.5 15 7.5',
  back: 'M12.5 5 7.5 10 12.5 15',
  next: 'M7.5 5 12.5 10 7.5 15',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  edit: 'M4 16l.8-3.6L13 4.2l2.8 2.8-8.2 8.2zM11.2 6l2.8 2.8',
  close: 'M5 5l10 10M15 5 5 15',
  refresh: 'M16 10a6 6 0 1 1-1.8-4.3M16 3v4h-4',
  book: 'M4 3.5h10.5a1.5 1.5 0 0 1 1.5 1.5v11.5H5.5A1.5 1.5 0 0 1 4 15zM4 15a1.5 1.5 0 0 1 1.5-1.5H16M8 7h4',
  download: 'M10 3v10M6 9l4 4 4-4M3 16.5h14',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: the word beside it, or the button's label, says what it means. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** Buckle's mark: a brass frame, its bar and the prong across it. The same as `public/icons/buckle.svg`, in one colour. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        fill-rule="evenodd"
        d="M8 4h16a6 6 0 0 1 6 6v12a6 6 0 0 1-6 6H8a6 6 0 0 1-6-6V10a6 6 0 0 1 6-6zm0 4a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h2V8zm6 0v16h10a2 2 0 0 0 2-2V10a2 2 0 0 0-2-2z"
      />
      <path class="mark-prong" d="M12 14h18a2 2 0 0 1 0 4H12a2 2 0 0 1 0-4z" />
    </svg>
  );
}
