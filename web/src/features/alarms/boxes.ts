// Detection boxes over the evidence picture, as percentages of it. Pure.
import type { Box } from "@/api/types";

export interface DrawnBox {
  left: number;
  top: number;
  width: number;
  height: number;
  label: string;
}

const PERCENT = 100;

/** Boxes come as parts of the picture (0…1) or as its pixels; anything above 1.5 can only be pixels. */
const PART_MAX = 1.5;

export function drawnBoxes(boxes: Box[], picture: { width: number; height: number }): DrawnBox[] {
  return boxes.map((box) => {
    const [x = 0, y = 0, w = 0, h = 0] = box.slice(0, 4).map(Number);
    const in_pixels = Math.max(x, y, w, h) > PART_MAX;
    const across = in_pixels ? Math.max(1, picture.width) : 1;
    const down = in_pixels ? Math.max(1, picture.height) : 1;
    return { left: (x / across) * PERCENT, top: (y / down) * PERCENT, width: (w / across) * PERCENT, height: (h / down) * PERCENT, label: String(box[4] ?? "") };
  });
}
