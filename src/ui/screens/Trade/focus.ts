/** Frames in which what is unfolded for its error has been read and drawn. */
const PATIENCE = 30;

/** Puts the focus where the first error is, once the errors are on the screen, so that the field is read out with its own. */
export function focusFirstInvalid(form: { current: HTMLElement | null }, frames = PATIENCE): void {
  requestAnimationFrame(() => {
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (field) field.focus();
    else if (frames > 0) focusFirstInvalid(form, frames - 1);
  });
}
