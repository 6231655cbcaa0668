// The window of the time line: what of the asked stretch is in sight, and where each moment lies. Pure.
import type { Stretch } from "@/player/footage";

const MINUTE_MS = 60_000;
/** Nearest view: a minute across the screen. */
export const WINDOW_MS_MIN = MINUTE_MS;
/** Distance of labels, so that two of them never touch. */
const LABEL_PX = 78;
const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 345_600].map((s) => s * 1000);
const BEIJING_MS = 8 * 3_600_000;

/** Keeps a window within the whole and not nearer than a minute. */
function within(window: Stretch, whole: Stretch): Stretch {
  const length_ms = Math.min(Math.max(window.to_ms - window.from_ms, WINDOW_MS_MIN), whole.to_ms - whole.from_ms);
  const from_ms = Math.min(Math.max(window.from_ms, whole.from_ms), whole.to_ms - length_ms);
  return { from_ms, to_ms: from_ms + length_ms };
}

/** Nearer (factor below 1) or farther, with the moment under the pointer staying where it is. */
export function zoomed(window: Stretch, whole: Stretch, at_ms: number, factor: number): Stretch {
  const length_ms = Math.max((window.to_ms - window.from_ms) * factor, WINDOW_MS_MIN);
  const share = (at_ms - window.from_ms) / (window.to_ms - window.from_ms);
  return within({ from_ms: at_ms - share * length_ms, to_ms: at_ms + (1 - share) * length_ms }, whole);
}

export function moved(window: Stretch, whole: Stretch, by_ms: number): Stretch {
  return within({ from_ms: window.from_ms + by_ms, to_ms: window.to_ms + by_ms }, whole);
}

/** Turns the page when the moment shown leaves the window; otherwise the window stays. */
export function following(window: Stretch, whole: Stretch, at_ms: number): Stretch {
  if (at_ms >= window.from_ms && at_ms <= window.to_ms) return window;
  const length_ms = window.to_ms - window.from_ms;
  return within({ from_ms: at_ms - length_ms / 10, to_ms: at_ms + length_ms * 0.9 }, whole);
}

export interface Tick {
  at_ms: number;
  label: string;
}

/** Full moments of Beijing time with room for their labels. */
export function ticks(window: Stretch, width_px: number): Tick[] {
  const length_ms = window.to_ms - window.from_ms;
  const wanted_ms = (length_ms * LABEL_PX) / Math.max(width_px, LABEL_PX);
  const step_ms = STEPS_MS.find((step) => step >= wanted_ms) ?? STEPS_MS[STEPS_MS.length - 1] ?? length_ms;
  const found: Tick[] = [];
  const first_ms = Math.ceil((window.from_ms + BEIJING_MS) / step_ms) * step_ms - BEIJING_MS;
  for (let at_ms = first_ms; at_ms <= window.to_ms; at_ms += step_ms) found.push({ at_ms, label: labelOf(at_ms, step_ms) });
  return found;
}

function labelOf(at_ms: number, step_ms: number): string {
  const local = new Date(at_ms + BEIJING_MS).toISOString();
  if (local.slice(11, 19) === "00:00:00") return local.slice(5, 10);
  return step_ms < MINUTE_MS ? local.slice(11, 19) : local.slice(11, 16);
}

/** The next place to look at in a direction: none past the last. Where one stands within a second counts as here. */
export function nextOf(places: readonly number[], at_ms: number, by: 1 | -1): number | null {
  const slack_ms = 1000;
  const beyond = places.filter((one) => (by > 0 ? one > at_ms + slack_ms : one < at_ms - slack_ms));
  if (beyond.length === 0) return null;
  return by > 0 ? Math.min(...beyond) : Math.max(...beyond);
}

/** `1:02:03` of a length. */
export function lengthText(ms: number): string {
  const s = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${Math.floor(s / 3600)}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`;
}
