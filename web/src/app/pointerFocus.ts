// Focus after the mouse: a button that was clicked must not swallow the next key of the desk (space would press it again).
// Focus reached with Tab stays where it is, and so does all focus in dialogs and fields.

const GIVES_BACK = "button, a, [role=tab]";
const KEEPS = "[role=dialog], [role=menu], [aria-haspopup]";

/** Takes the focus off a control that a pointer has just clicked. `detail` of a click made by keyboard is 0. */
export function releaseFocusAfterPointer(click: MouseEvent): void {
  const focused = document.activeElement;
  if (click.detail === 0 || !(focused instanceof HTMLElement)) return;
  if (focused.matches(GIVES_BACK) && !focused.closest(KEEPS)) focused.blur();
}
