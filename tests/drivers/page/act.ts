import type { Step } from '../steps.ts';
import { find } from './find.ts';

/** What must be true of an element before it is handed out. */
export type Need = 'attached' | 'visible' | 'enabled' | 'clickable';

export function isVisible(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 && getComputedStyle(element).visibility === 'visible';
}

export const isEnabled = (element: Element): boolean =>
  !element.matches(':disabled') && !element.closest('[aria-disabled=true]');

function isHit(element: Element): boolean {
  const { x, y, width, height } = element.getBoundingClientRect();
  const top = document.elementFromPoint(x + width / 2, y + height / 2);
  return (
    top !== null && (element.contains(top) || top.closest('label')?.contains(element) === true)
  );
}

/**
 * What a person would click to act on this: the label of a radio button or checkbox that is itself
 * too small or covered, else the element.
 */
export function clickTarget(element: Element): Element {
  if (!(element instanceof HTMLInputElement) || !/^(radio|checkbox)$/.test(element.type)) {
    return element;
  }
  const label = element.labels?.[0];
  const { x, y, width, height } = element.getBoundingClientRect();
  const own = width > 4 && document.elementFromPoint(x + width / 2, y + height / 2) === element;
  return own || !label ? element : label;
}

const still = async (element: Element): Promise<boolean> => {
  const place = () => JSON.stringify(element.getBoundingClientRect());
  const before = place();
  await new Promise((done) => setTimeout(done, 20));
  return place() === before;
};

/**
 * The one element that the steps lead to once it is ready, else the reason why not yet.
 * @throws when more than one matches.
 */
export async function one(steps: readonly Step[], need: Need): Promise<Element | string> {
  const found = find(steps);
  const [element] = found;
  if (!element) return 'nothing matches';
  if (found.length > 1) throw new Error(`strict: ${found.length} elements match`);
  if (need === 'attached') return element;
  const target = need === 'clickable' ? clickTarget(element) : element;
  if (!isVisible(target)) return 'it is not visible';
  if (need === 'visible') return element;
  if (!isEnabled(element)) return 'it is disabled';
  if (need === 'enabled') return element;
  target.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  if (!(await still(target))) return 'it moves';
  return isHit(target) ? target : 'something covers it';
}

/** Is the one element that the steps lead to visible? @throws when more than one matches. */
export function isShown(steps: readonly Step[]): boolean {
  const found = find(steps);
  const [element] = found;
  if (found.length > 1) throw new Error(`strict: ${found.length} elements match`);
  return element !== undefined && isVisible(element);
}

/** Puts text into a field as an edit of the user's, with the events that go with it. */
export function fill(element: Element, text: string): void {
  const field = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  if (!field) throw new Error('this element cannot be filled');
  element.focus();
  if (element.type === 'date') {
    // It has no text to edit: the calendar sets the whole value.
    element.value = text;
    element.dispatchEvent(new Event('input', { bubbles: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
    return;
  }
  element.select();
  document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  if (element.value !== text) throw new Error('the field did not take the text');
}

/** Chooses an option by its visible label, else by its value; `false` while there is none. */
export function select(element: Element, wanted: string): boolean {
  if (!(element instanceof HTMLSelectElement)) throw new Error('this element is not a select');
  const options = [...element.options];
  const label = (option: HTMLOptionElement) => option.label.replace(/\s+/g, ' ').trim();
  const chosen =
    options.find((option) => label(option) === wanted) ??
    options.find((option) => option.value === wanted);
  if (!chosen) return false;
  element.focus();
  element.value = chosen.value;
  element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}

export function textOf(element: Element): string {
  const text = element instanceof HTMLElement ? element.innerText : (element.textContent ?? '');
  return text.replace(/\s+/g, ' ').trim();
}

export function fieldValue(element: Element): string {
  return 'value' in element && typeof element.value === 'string' ? element.value : '';
}

export const isChecked = (element: Element): boolean =>
  element.matches(':checked') || element.getAttribute('aria-checked') === 'true';
