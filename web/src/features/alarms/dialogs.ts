// Which events must be explained before they are sent, and with what. Pure.

export type Asks = "reason" | "picture" | "note";

const ASKS: Readonly<Record<string, readonly Asks[]>> = {
  reject: ["reason", "note"],
  handle: ["picture", "note"],
  return: ["note"],
  reopen: ["note"],
  merge: ["note"],
};

/** Levels that cannot be handled without a result picture (the server insists as well). */
const PICTURE_LEVEL_MAX = 2;

export function asksFor(event: string): readonly Asks[] {
  return ASKS[event] ?? [];
}

export function needsDialog(event: string): boolean {
  return asksFor(event).length > 0;
}

export function pictureRequired(event: string, level: number, has_result_picture: boolean): boolean {
  return event === "handle" && level <= PICTURE_LEVEL_MAX && !has_result_picture;
}

export function noteRequired(event: string): boolean {
  return event === "return" || event === "reopen";
}
