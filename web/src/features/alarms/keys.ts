// The desk's keyboard: which key means what, and when a key is not ours. Pure.
import type { NextAction } from "@/api/types";

/** The key that brings the newest alarm up from any page. */
export const DESK_KEY = "F2";

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  repeat: boolean;
  isComposing: boolean;
}

export type DeskCommand = { kind: "event"; event: string } | { kind: "select"; by: 1 | -1 } | null;

/** What a key press asks for, given what the server allows next. Modified, repeated and IME keys ask for nothing. */
export function deskCommand(press: KeyPress, next: NextAction[]): DeskCommand {
  if (press.ctrlKey || press.altKey || press.metaKey || press.isComposing) return null;
  if (press.key === "ArrowDown") return { kind: "select", by: 1 };
  if (press.key === "ArrowUp") return { kind: "select", by: -1 };
  if (press.repeat) return null;
  const wanted = press.key.toLowerCase();
  const action = next.find((one) => one.key !== "" && one.key.toLowerCase() === wanted);
  return action ? { kind: "event", event: action.event } : null;
}

/** The choice a digit or letter makes in a numbered list: 1…9, then a…z. */
export function choiceIndex(key: string, count: number): number | null {
  const digit = "123456789".indexOf(key);
  const letter = "abcdefghijklmnopqrstuvwxyz".indexOf(key.toLowerCase());
  const index = key.length !== 1 ? -1 : digit >= 0 ? digit : letter >= 0 ? letter + 9 : -1;
  return index >= 0 && index < count ? index : null;
}

/** The label printed for choice number `index`. */
export function choiceLabel(index: number): string {
  return index < 9 ? String(index + 1) : (String.fromCodePoint("A".charCodeAt(0) + index - 9));
}

/** True when the element under the focus needs its keys itself: fields, open dialogs, and buttons reached with Tab. */
export function keepsItsKeys(element: Element | null): boolean {
  if (!element) return false;
  if (element.closest("input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox].el-select-dropdown__list")) return true;
  return element.matches("button:focus-visible, a:focus-visible, [role=tab]:focus-visible, video:focus-visible");
}
