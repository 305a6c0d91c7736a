import { isHidden, roleOf } from './roles.ts';

const collapse = (text: string): string => text.replace(/\s+/g, ' ').trim();

const NAMED_BY_CONTENT = new Set([
  ...['button', 'cell', 'checkbox', 'columnheader', 'gridcell', 'heading', 'link', 'menuitem'],
  ...['menuitemcheckbox', 'menuitemradio', 'option', 'radio', 'row', 'rowheader', 'switch', 'tab'],
  ...['tooltip', 'treeitem'],
]);

function generated(element: Element, which: '::before' | '::after'): string {
  const { content, display } = getComputedStyle(element, which);
  const text = /^"(.*)"/.exec(content)?.[1]?.replace(/\\(.)/g, '$1') ?? '';
  return display === 'inline' ? text : ` ${text} `;
}

/** What a control says when its label is read aloud around it. */
function embeddedValue(element: Element): string | undefined {
  if (element instanceof HTMLSelectElement) {
    return [...element.selectedOptions].map((option) => option.text).join(' ');
  }
  const typed = roleOf(element);
  if (element instanceof HTMLInputElement && (typed === 'textbox' || typed === 'spinbutton')) {
    return element.value;
  }
  return element instanceof HTMLTextAreaElement ? element.value : undefined;
}

function contentOf(root: Element, skip: Element): string {
  let text = generated(root, '::before');
  for (const node of root.childNodes) {
    if (node instanceof Text) text += node.data;
    if (!(node instanceof Element) || node === skip || isHidden(node)) continue;
    const inline = getComputedStyle(node).display === 'inline' && node.localName !== 'br';
    const own = node.getAttribute('aria-label')?.trim() || node.getAttribute('alt');
    const inner = own ?? embeddedValue(node) ?? contentOf(node, skip);
    text += inline ? inner : ` ${inner} `;
  }
  return text + generated(root, '::after');
}

function referenced(element: Element): string[] {
  const ids = element.getAttribute('aria-labelledby')?.trim().split(/\s+/) ?? [];
  return ids.flatMap((id) => {
    const target = document.getElementById(id);
    if (!target) return [];
    return [target.getAttribute('aria-label')?.trim() || collapse(contentOf(target, element))];
  });
}

const labelsOf = (element: Element): string[] => {
  const labels = 'labels' in element && element.labels instanceof NodeList ? element.labels : [];
  return [...labels].flatMap((label) =>
    label instanceof Element ? [collapse(contentOf(label, element))] : [],
  );
};

/** Every label that names a form field, as its words. */
export function fieldLabels(field: Element): string[] {
  const own = field.getAttribute('aria-label')?.trim();
  return [...referenced(field), ...(own ? [own] : []), ...labelsOf(field)];
}

/** The name that the tag itself gives: an `alt`, a caption, a legend, a button's value. */
function nativeName(element: Element): string | undefined {
  const child = (selector: string): string | undefined => {
    const found = element.querySelector(`:scope > ${selector}`);
    return found ? collapse(contentOf(found, found)) : undefined;
  };
  switch (element.localName) {
    case 'img':
    case 'area':
      return element.getAttribute('alt') ?? undefined;
    case 'fieldset':
      return child('legend');
    case 'table':
      return child('caption');
    case 'figure':
      return child('figcaption');
    case 'svg':
      return child('title') ?? element.querySelector(':scope > title')?.textContent ?? undefined;
    case 'input': {
      if (!(element instanceof HTMLInputElement)) return undefined;
      if (element.type === 'submit' || element.type === 'reset') {
        return element.value || { submit: 'Submit', reset: 'Reset' }[element.type];
      }
      return element.type === 'button' ? element.value : undefined;
    }
    default:
      return undefined;
  }
}

/** The accessible name, white space collapsed: as much of the W3C's computation as Buckle needs. */
export function nameOf(element: Element): string {
  const role = roleOf(element);
  const byContent = role !== undefined && NAMED_BY_CONTENT.has(role);
  const candidates = [
    () => referenced(element).join(' '),
    () => element.getAttribute('aria-label') ?? '',
    () => labelsOf(element).join(' '),
    () => nativeName(element) ?? '',
    () => (byContent ? contentOf(element, element) : ''),
    () => element.getAttribute('title') ?? '',
    () => element.getAttribute('placeholder') ?? '',
  ];
  for (const candidate of candidates) {
    const name = collapse(candidate());
    if (name) return name;
  }
  return '';
}
