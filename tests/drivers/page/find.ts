import { FIELDS, type Match, patternOf, type Step } from '../steps.ts';
import { fieldLabels, nameOf } from './names.ts';
import { isHidden, roleOf } from './roles.ts';

const NEVER_TEXT = 'script, style, noscript, head, head *';

function has(text: string, match: Match): boolean {
  return patternOf(match).test(text);
}

/** Of the elements whose text matches, those without a child that matches as well. */
function byText(roots: readonly Element[], match: Match): Element[] {
  const all = roots.flatMap((root) => [...root.querySelectorAll('*')]);
  const shown = all.filter((element) => !element.matches(NEVER_TEXT));
  const matching = new Set(shown.filter((element) => has(element.textContent ?? '', match)));
  return [...matching].filter((element) => ![...element.children].some((c) => matching.has(c)));
}

function within(roots: readonly Element[], step: Step): Element[] {
  const all = (selector: string): Element[] =>
    roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  switch (step.by) {
    case 'css':
      return all(step.selector);
    case 'text':
      return byText(roots, step.match);
    case 'label':
      return all(FIELDS).filter((f) => fieldLabels(f).some((label) => has(label, step.match)));
    case 'role':
      return all('*').filter(
        (element) =>
          roleOf(element) === step.role &&
          !isHidden(element) &&
          (step.name === undefined || has(nameOf(element), step.name)),
      );
    case 'nth': {
      const found = roots.at(step.index);
      return found ? [found] : [];
    }
  }
}

/** Every element that the steps lead to, each once, in document order. */
export function find(steps: readonly Step[]): Element[] {
  let found: Element[] = [document.documentElement];
  for (const step of steps) found = [...new Set(within(found, step))];
  return found;
}
