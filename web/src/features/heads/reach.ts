// Where a head looks, as places of a field that shows all it can reach. Pure.
import type { CameraHead } from "@/api/types";

/** Per cent of the field: the middle of what is seen and its width; and per cent of the reach, for people. */
export interface Reached {
  left: number;
  top: number;
  width: number;
  pan: number;
  tilt: number;
  zoom: number;
}

const WIDTH_WIDEST = 26;
const WIDTH_NEAREST = 8;
const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** Null where the camera does not say where it looks. */
export function placeInReach(head: Pick<CameraHead, "pan" | "tilt" | "zoom">): Reached | null {
  if (typeof head.pan !== "number" || typeof head.tilt !== "number") return null;
  const [pan, tilt, zoom] = [within(head.pan, -1, 1), within(head.tilt, -1, 1), within(head.zoom ?? 0, 0, 1)];
  return {
    left: 50 + 50 * pan,
    top: 50 - 50 * tilt,
    width: WIDTH_WIDEST + (WIDTH_NEAREST - WIDTH_WIDEST) * zoom,
    pan: Math.round(pan * 100),
    tilt: Math.round(tilt * 100),
    zoom: Math.round(zoom * 100),
  };
}
