import { useRef } from 'preact/hooks';
import { Icon, type IconName } from '../components/Icon.tsx';

export interface TabItem<T extends string> {
  tab: T;
  text: string;
  icon?: IconName;
}

interface TabsProps<T extends string> {
  /** The tab list's accessible name. */
  label: string;
  items: readonly TabItem<T>[];
  selected: T;
  onSelect: (tab: T) => void;
  /** Starts the ids of tabs and panel: `main` gives `main-tab-orders` and `main-panel`. */
  id: string;
}

/** Which tab a key goes to; arrows wrap round. */
function target(key: string, index: number, count: number): number | undefined {
  if (key === 'ArrowRight') return (index + 1) % count;
  if (key === 'ArrowLeft') return (index + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

/** A tab list with one stop for the Tab key; arrows, Home and End move and select. Its panel has the id `<id>-panel`. */
export function Tabs<T extends string>({ label, items, selected, onSelect, id }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const to = target(event.key, index, items.length);
    const item = to === undefined ? undefined : items[to];
    if (!item) return;
    event.preventDefault();
    onSelect(item.tab);
    list.current?.querySelector<HTMLElement>(`#${id}-tab-${item.tab}`)?.focus();
  };
  return (
    <div ref={list} class="tabs" role="tablist" aria-label={label}>
      {items.map(({ tab, text, icon }, index) => (
        <button
          key={tab}
          type="button"
          role="tab"
          class="tab"
          id={`${id}-tab-${tab}`}
          aria-selected={tab === selected}
          aria-controls={tab === selected ? `${id}-panel` : undefined}
          tabIndex={tab === selected ? 0 : -1}
          onClick={() => onSelect(tab)}
          onKeyDown={(event) => onKeyDown(event, index)}
        >
          {icon && <Icon name={icon} />}
          <span>{text}</span>
        </button>
      ))}
    </div>
  );
}
