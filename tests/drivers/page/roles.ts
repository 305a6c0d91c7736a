/** Elements whose role does not depend on anything else. */
const BY_TAG: Record<string, string> = {
  article: 'article',
  aside: 'complementary',
  blockquote: 'blockquote',
  button: 'button',
  code: 'code',
  dd: 'definition',
  details: 'group',
  dialog: 'dialog',
  dt: 'term',
  em: 'emphasis',
  fieldset: 'group',
  figure: 'figure',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  hr: 'separator',
  html: 'document',
  li: 'listitem',
  main: 'main',
  menu: 'list',
  meter: 'meter',
  nav: 'navigation',
  ol: 'list',
  optgroup: 'group',
  option: 'option',
  output: 'status',
  p: 'paragraph',
  progress: 'progressbar',
  search: 'search',
  strong: 'strong',
  svg: 'img',
  table: 'table',
  tbody: 'rowgroup',
  textarea: 'textbox',
  tfoot: 'rowgroup',
  thead: 'rowgroup',
  time: 'time',
  tr: 'row',
  ul: 'list',
};

const BY_INPUT_TYPE: Record<string, string> = {
  button: 'button',
  checkbox: 'checkbox',
  file: 'button',
  image: 'button',
  number: 'spinbutton',
  radio: 'radio',
  range: 'slider',
  reset: 'button',
  search: 'searchbox',
  submit: 'button',
};

const named = (element: Element): boolean =>
  Boolean(element.getAttribute('aria-label')?.trim()) || element.hasAttribute('aria-labelledby');

const sectioned = (element: Element): boolean =>
  element.closest('article, aside, main, nav, section') !== null;

function headerRole(cell: Element): string {
  const scope = cell.getAttribute('scope');
  if (scope === 'row' || scope === 'rowgroup') return 'rowheader';
  if (scope || cell.closest('thead')) return 'columnheader';
  const row = cell.parentElement;
  const onlyHeaders = [...(row?.children ?? [])].every((other) => other.localName === 'th');
  return onlyHeaders ? 'columnheader' : 'rowheader';
}

function implicitRole(element: Element): string | undefined {
  const tag = element.localName;
  switch (tag) {
    case 'a':
    case 'area':
      return element.hasAttribute('href') ? 'link' : undefined;
    case 'form':
      return named(element) ? 'form' : undefined;
    case 'section':
      return named(element) ? 'region' : undefined;
    case 'header':
      return sectioned(element) ? undefined : 'banner';
    case 'footer':
      return sectioned(element) ? undefined : 'contentinfo';
    case 'img':
      return element.getAttribute('alt') === '' && !named(element) ? 'presentation' : 'img';
    case 'input':
      if (!(element instanceof HTMLInputElement) || element.type === 'hidden') return undefined;
      if (element.hasAttribute('list')) return 'combobox';
      return BY_INPUT_TYPE[element.type] ?? 'textbox';
    case 'select':
      return element instanceof HTMLSelectElement && (element.multiple || element.size > 1)
        ? 'listbox'
        : 'combobox';
    case 'td':
      return element.closest('[role=grid], [role=treegrid]') ? 'gridcell' : 'cell';
    case 'th':
      return headerRole(element);
    default:
      return BY_TAG[tag];
  }
}

/** The ARIA role of an element: what it says of itself, else what its tag means. */
export function roleOf(element: Element): string | undefined {
  const said = element.getAttribute('role')?.trim().split(/\s+/)[0];
  return said || implicitRole(element);
}

/** Is the element kept from assistive technology? An option goes with its `select`. */
export function isHidden(element: Element): boolean {
  if (element.closest('[aria-hidden=true]')) return true;
  const shown = element.localName === 'option' ? (element.closest('select') ?? element) : element;
  return !shown.checkVisibility({ visibilityProperty: true });
}
