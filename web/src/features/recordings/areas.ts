// Areas of a picture in thousandths of its width and height.
import type { HiddenArea } from "@/api/recordings";

export const AREAS_MAX = 16;
const WHOLE = 1000;
/** What is smaller was a click and no drawing. */
const EDGE_MIN = 10;

/** A place in a picture, 0 to 1 inside it. */
export interface Corner {
  x: number;
  y: number;
}

/** The area between two corners, cut at the picture's edge; none when it is too small to be meant. */
export function areaBetween(a: Corner, b: Corner): HiddenArea | null {
  const permille = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * WHOLE);
  const [left, right] = [permille(Math.min(a.x, b.x)), permille(Math.max(a.x, b.x))];
  const [top, bottom] = [permille(Math.min(a.y, b.y)), permille(Math.max(a.y, b.y))];
  if (right - left < EDGE_MIN || bottom - top < EDGE_MIN) return null;
  return { left_permille: left, top_permille: top, width_permille: right - left, height_permille: bottom - top };
}
