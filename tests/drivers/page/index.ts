// What the drivers run inside a page, bundled to one script by `page-script.ts`.
export {
  clickTarget,
  fieldValue,
  fill,
  isChecked,
  isEnabled,
  isShown,
  isVisible,
  one,
  select,
  textOf,
} from './act.ts';
export { find } from './find.ts';
export { watch } from './watch.ts';
